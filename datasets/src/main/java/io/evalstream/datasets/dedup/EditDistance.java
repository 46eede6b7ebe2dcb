package io.evalstream.datasets.dedup;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Levenshtein's distance by the length of the longer text, both in UTF-16 units, where it is under
 * a threshold. Works on 64 rows of the matrix at once (Myers 1999, in blocks as by Hyyrö 2003).
 * Immutable.
 */
final class EditDistance {

  private final double threshold;

  /**
   * Looks for distances under a threshold.
   *
   * @param threshold above 0
   */
  EditDistance(double threshold) {
    this.threshold = threshold;
  }

  /** The distance, if it is under the threshold. */
  OptionalDouble between(String one, String other) {
    if (one.length() > other.length()) {
      return between(other, one);
    }
    return ordered(one, other);
  }

  private OptionalDouble ordered(String shorter, String longer) {
    int most = most(longer.length());
    if (longer.length() - shorter.length() > most) {
      return OptionalDouble.empty();
    }
    int start = 0;
    while (start < shorter.length() && shorter.charAt(start) == longer.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter.length() - start
        && shorter.charAt(shorter.length() - 1 - end) == longer.charAt(longer.length() - 1 - end)) {
      end++;
    }
    int edits =
        start + end == shorter.length()
            ? longer.length() - shorter.length()
            : edits(
                shorter.substring(start, shorter.length() - end),
                longer.substring(start, longer.length() - end),
                most,
                false);
    return share(edits, most, longer.length());
  }

  /**
   * The distance of a text to that part of a longer one which is nearest to it, by the text's
   * length, if it is under the threshold (Sellers 1980).
   *
   * @param text not empty
   */
  OptionalDouble within(String text, String longer) {
    int most = most(text.length());
    return share(edits(text, longer, most, true), most, text.length());
  }

  /** The largest number of edits whose share of the length is under the threshold. */
  private int most(int length) {
    int most = (int) Math.min(length, Math.ceil(threshold * length));
    while (most > 0 && (double) most / length >= threshold) {
      most--;
    }
    return most;
  }

  private static OptionalDouble share(int edits, int most, int length) {
    if (edits > most) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(length == 0 ? 0 : (double) edits / length);
  }

  /**
   * Edits from a text to another, or from it to the nearest part of the other; more than most may
   * be any number that is more.
   */
  private static int edits(String text, String other, int most, boolean part) {
    char[] letters = letters(text);
    int words = (text.length() + Long.SIZE - 1) / Long.SIZE;
    long[] places = new long[letters.length * words];
    for (int at = 0; at < text.length(); at++) {
      int letter = Arrays.binarySearch(letters, text.charAt(at));
      places[letter * words + at / Long.SIZE] |= 1L << at;
    }
    long[] up = new long[words];
    long[] down = new long[words];
    Arrays.fill(up, -1);
    long bottom = 1L << (text.length() - 1);
    int edits = text.length();
    int least = edits;
    for (int column = 0; column < other.length(); column++) {
      int letter = Arrays.binarySearch(letters, other.charAt(column));
      int change = part ? 0 : 1;
      for (int word = 0; word < words; word++) {
        long equal = letter < 0 ? 0 : places[letter * words + word];
        long vertical = equal | down[word];
        equal |= change < 0 ? 1 : 0;
        long horizontal = (((equal & up[word]) + up[word]) ^ up[word]) | equal;
        long right = down[word] | ~(horizontal | up[word]);
        long left = up[word] & horizontal;
        long last = word == words - 1 ? bottom : Long.MIN_VALUE;
        int below = (right & last) != 0 ? 1 : (left & last) != 0 ? -1 : 0;
        right = right << 1 | (change > 0 ? 1 : 0);
        left = left << 1 | (change < 0 ? 1 : 0);
        up[word] = left | ~(vertical | right);
        down[word] = right & vertical;
        change = below;
      }
      edits += change;
      least = Math.min(least, edits);
      if (!part && edits - (other.length() - 1 - column) > most) {
        return most + 1;
      }
    }
    return part ? least : edits;
  }

  /** The different letters of a text, ascending. */
  private static char[] letters(String text) {
    char[] letters = text.toCharArray();
    Arrays.sort(letters);
    int kept = 0;
    for (int at = 0; at < letters.length; at++) {
      if (at == 0 || letters[at] != letters[at - 1]) {
        letters[kept++] = letters[at];
      }
    }
    return Arrays.copyOf(letters, kept);
  }
}
