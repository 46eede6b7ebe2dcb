package io.evalstream.datasets.dedup;

/**
 * What two texts that are nearly the same may not differ in to count as one question.
 *
 * @param kind what it is
 * @param first what the first text has there; empty when nothing
 * @param second what the second text has there; empty when nothing
 */
public record Difference(Kind kind, String first, String second) {

  /** What differs. */
  public enum Kind {
    /** Numbers in digits or words, and signs of calculation. */
    NUMBER,
    /** Capitalised words, or Korean nouns in the same place. */
    NAME,
    /** Words that turn a sentence into its opposite. */
    NEGATION
  }
}
