package io.evalstream.datasets.dedup;

/**
 * How near is near, and how it is looked for. Two texts of Jaccard similarity s over their
 * character 3-grams become candidates with a probability of 1 − (1 − s^rows)^bands.
 *
 * @param bands of the signature
 * @param rows of a band
 * @param distance pairs under it are near: edits by the length of the longer text, above 0, below 1
 * @param candidates how many pairs may be candidates before the search is given up
 */
public record DeduplicationOptions(int bands, int rows, double distance, long candidates) {

  /** 50 bands of 4 rows, for short texts and Korean; a distance of 0.2; 50 million candidates. */
  public static final DeduplicationOptions DEFAULT =
      new DeduplicationOptions(50, 4, 0.2, 50_000_000);

  private static final int MOST_COMPONENTS = 4096;

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public DeduplicationOptions {
    if (bands < 1 || rows < 1 || (long) bands * rows > MOST_COMPONENTS) {
      throw new IllegalArgumentException(
          bands
              + " bands of "
              + rows
              + " rows cannot be: both are at least 1 and their product at most "
              + MOST_COMPONENTS
              + ".");
    }
    if (!(distance > 0 && distance < 1)) {
      throw new IllegalArgumentException(
          "A distance of " + distance + " cannot be: it is above 0 and below 1.");
    }
    if (candidates < 1) {
      throw new IllegalArgumentException(
          candidates + " candidates are too few: allow at least one.");
    }
  }
}
