package io.evalstream.loadgenerator.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sentences of failed requests, with how often each came. Safe for many threads. */
public final class FailureLog {

  /** Stands for the sentences that came after ten different ones. */
  public static final String OTHERS = "Other reasons";

  private static final int MAX_SENTENCES = 10;

  private final Map<String, Long> counts = new LinkedHashMap<>();

  synchronized void add(String sentence) {
    boolean room = counts.containsKey(sentence) || counts.size() < MAX_SENTENCES;
    counts.merge(room ? sentence : OTHERS, 1L, Long::sum);
  }

  /** The first ten different sentences, in order of appearance, and {@link #OTHERS}. */
  public synchronized Map<String, Long> sentences() {
    return new LinkedHashMap<>(counts);
  }
}
