package io.evalstream.loadgenerator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first so many entries of a file in random order, found in one pass and without keeping the
 * rest: every entry draws a number, the smallest stay. For one thread.
 */
final class TextSample {

  private static final Comparator<Entry> ORDER =
      Comparator.comparingLong(Entry::key).thenComparingLong(Entry::position);

  private final int limit;
  private final SeededRandom random;
  private final PriorityQueue<Entry> smallest = new PriorityQueue<>(ORDER.reversed());
  private long seen;

  /** A prompt, and how long its answer is. */
  record Entry(long key, long position, String prompt, int outputTokens) {}

  TextSample(int limit, SeededRandom random) {
    this.limit = limit;
    this.random = random;
  }

  void add(String prompt, int outputTokens) {
    smallest.add(new Entry(random.nextLong(), seen++, prompt, outputTokens));
    if (smallest.size() > limit) {
      smallest.remove();
    }
  }

  List<Entry> drawn() {
    List<Entry> drawn = new ArrayList<>(smallest);
    drawn.sort(ORDER);
    return drawn;
  }
}
