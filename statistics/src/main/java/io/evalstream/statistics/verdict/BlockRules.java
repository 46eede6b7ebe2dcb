package io.evalstream.statistics.verdict;

/**
 * How one metric of paired blocks is judged. Shares are of the metric's value, 0.05 for 5%.
 *
 * @param planned number of blocks
 * @param alpha its share of the release's false alarms; half is for the run, half for its end
 * @param tolerance the slow-down that is not one; see {@link StoredBaseline}
 * @param margin the slow-down that one is willing to ship, above the tolerance
 * @param alphaPass how often a slow-down of the margin may pass
 * @param advisory whether a finding is only advice
 * @param seed of the sign-flips that are drawn when there are many blocks
 */
public record BlockRules(
    int planned,
    double alpha,
    double tolerance,
    double margin,
    double alphaPass,
    boolean advisory,
    long seed) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public BlockRules {
    if (planned < 1) {
      throw new IllegalArgumentException("planned is " + planned + ": give the number of blocks");
    }
    Shares.check("alpha", alpha);
    Shares.check("alpha-pass", alphaPass);
    if (!(tolerance >= 0 && tolerance < margin && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "tolerance is %s and margin %s: give shares from 0 on, the margin above the tolerance"
              .formatted(tolerance, margin));
    }
  }
}
