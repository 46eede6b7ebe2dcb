package io.evalstream.datasets.dedup;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of many texts a longer text probably has in it, by character 8-grams: those of which it has
 * 40% or more of the different grams. Texts of fewer than 16 UTF-16 units are left out, for they
 * are in long texts by chance. Immutable.
 */
final class GramIndex {

  /** Texts shorter than this are not looked for. */
  static final int SHORTEST = 16;

  private static final int GRAM = 8;
  private static final double SHARE = 0.4;
  private static final int TEXT_BITS = 24;
  private static final long TEXT_MASK = (1L << TEXT_BITS) - 1;
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  /** A gram's hash without its lowest bits, and there the text's number; ascending. */
  private final long[] entries;

  private final int[] gramsOfText;

  GramIndex(List<String> texts) {
    if (texts.size() > TEXT_MASK) {
      throw new IllegalArgumentException(
          "A benchmark of more than " + TEXT_MASK + " rows is too large to be looked for.");
    }
    gramsOfText = new int[texts.size()];
    long[][] grams = new long[texts.size()][];
    int total = 0;
    for (int text = 0; text < grams.length; text++) {
      grams[text] = texts.get(text).length() < SHORTEST ? new long[0] : grams(texts.get(text));
      gramsOfText[text] = grams[text].length;
      total = Math.addExact(total, grams[text].length);
    }
    entries = new long[total];
    int next = 0;
    for (int text = 0; text < grams.length; text++) {
      for (long gram : grams[text]) {
        entries[next++] = gram | text;
      }
    }
    Arrays.sort(entries);
  }

  /** The numbers of texts that are probably in a longer one, ascending. */
  int[] probablyIn(String longer) {
    if (longer.length() < SHORTEST) {
      return new int[0];
    }
    int[] counts = new int[gramsOfText.length];
    for (long gram : grams(longer)) {
      int at = Arrays.binarySearch(entries, gram);
      for (at = at < 0 ? -at - 1 : at;
          at < entries.length && (entries[at] & ~TEXT_MASK) == gram;
          at++) {
        counts[(int) (entries[at] & TEXT_MASK)]++;
      }
    }
    return IntStream.range(0, counts.length)
        .filter(text -> counts[text] > 0 && counts[text] >= SHARE * gramsOfText[text])
        .toArray();
  }

  /** The hashes of its different grams, their lowest bits 0, ascending. */
  private static long[] grams(String text) {
    long[] grams = new long[text.length() - GRAM + 1];
    for (int start = 0; start < grams.length; start++) {
      grams[start] = HASHER.hashCharsToLong(text.substring(start, start + GRAM)) & ~TEXT_MASK;
    }
    Arrays.sort(grams);
    int kept = 0;
    for (int at = 0; at < grams.length; at++) {
      if (at == 0 || grams[at] != grams[at - 1]) {
        grams[kept++] = grams[at];
      }
    }
    return Arrays.copyOf(grams, kept);
  }
}
