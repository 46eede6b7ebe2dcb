package io.evalstream.datasets.dedup;

import java.util.OptionalDouble;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Levenshtein's distance by the length of the longer text, both in UTF-16 units, where it is under
 * a threshold. Its time grows with the edits there are, not with the threshold. Immutable.
 */
final class EditDistance {

  private static final int FIRST_WIDTH = 16;
  private static final int WIDENING = 4;

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
    int longer = Math.max(one.length(), other.length());
    if (longer == 0) {
      return OptionalDouble.of(0);
    }
    int most = most(longer);
    if (Math.abs(one.length() - other.length()) > most) {
      return OptionalDouble.empty();
    }
    int edits = edits(one, other, most);
    return edits < 0 ? OptionalDouble.empty() : OptionalDouble.of((double) edits / longer);
  }

  /**
   * The distance of a text to that part of a longer one which is nearest to it, by the text's
   * length, if it is under the threshold (Sellers' algorithm).
   */
  OptionalDouble within(String text, String longer) {
    int[] column = new int[text.length() + 1];
    for (int at = 0; at < column.length; at++) {
      column[at] = at;
    }
    int least = text.length();
    for (int end = 0; end < longer.length(); end++) {
      char c = longer.charAt(end);
      int diagonal = 0;
      for (int at = 1; at < column.length; at++) {
        int replaced = diagonal + (text.charAt(at - 1) == c ? 0 : 1);
        diagonal = column[at];
        column[at] = Math.min(replaced, Math.min(diagonal, column[at - 1]) + 1);
      }
      least = Math.min(least, column[text.length()]);
    }
    return least <= most(text.length())
        ? OptionalDouble.of((double) least / text.length())
        : OptionalDouble.empty();
  }

  /** The largest number of edits whose share of the length is under the threshold. */
  private int most(int length) {
    int most = (int) Math.min(length, Math.ceil(threshold * length));
    while (most > 0 && (double) most / length >= threshold) {
      most--;
    }
    return most;
  }

  /** Edits, or -1 for more than most. What both begin or end with does not count. */
  private static int edits(String one, String other, int most) {
    int shorter = Math.min(one.length(), other.length());
    int start = 0;
    while (start < shorter && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    String left = one.substring(start, one.length() - end);
    String right = other.substring(start, other.length() - end);
    for (int width = FIRST_WIDTH; width < most; width *= WIDENING) {
      int edits = new LevenshteinDistance(width).apply(left, right);
      if (edits >= 0) {
        return edits;
      }
    }
    return new LevenshteinDistance(most).apply(left, right);
  }
}
