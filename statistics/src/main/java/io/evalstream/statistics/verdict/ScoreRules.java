package io.evalstream.statistics.verdict;

/**
 * How the scores of one stream are judged.
 *
 * @param kind what its scores are, and so how they are tested
 * @param planned number of items; 0 when nobody knows, which only right/wrong in an open horizon
 *     and graded scores allow
 * @param alpha its share of the release's false alarms
 * @param margin the drop that one is willing to ship, between 0 and 1
 * @param alphaPass how often a drop of the margin may pass
 */
public record ScoreRules(Kind kind, int planned, double alpha, double margin, double alphaPass) {

  /** Fewer planned items are not judged. */
  public static final int LEAST_ITEMS = 100;

  /** What the scores are. */
  public enum Kind {
    /** 0 or 1, and the number of items is known: spending over the run. */
    RIGHT_WRONG,
    /** 0 or 1, and nobody knows how many. */
    RIGHT_WRONG_OPEN,
    /** From 0 to 1. */
    GRADED
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public ScoreRules {
    if (planned < 0 || (planned == 0 && kind == Kind.RIGHT_WRONG)) {
      throw new IllegalArgumentException("planned is " + planned + ": give the number of items");
    }
    Shares.check("alpha", alpha);
    Shares.check("margin", margin);
    Shares.check("alpha-pass", alphaPass);
  }
}
