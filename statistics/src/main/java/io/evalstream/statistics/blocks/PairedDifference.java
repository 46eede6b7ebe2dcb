package io.evalstream.statistics.blocks;

/**
 * How far one series is from another that it is paired with, by the exact sign-flip test. It holds
 * when the sign of each difference would be a fair coin were there nothing between the two; nothing
 * else is assumed of how they are spread.
 *
 * @param pairs how many
 * @param mean of the differences
 * @param low the lower end of the interval; negative infinity when there are too few pairs for one
 * @param high its upper end; positive infinity likewise
 * @param pGreater how likely a mean at least as large would be without a difference
 * @param pTwoSided how likely a mean at least as far from 0 would be without a difference
 */
public record PairedDifference(
    int pairs, double mean, double low, double high, double pGreater, double pTwoSided) {

  /** Up to so many pairs all sign-flips are taken. */
  public static final int EXACT_PAIRS = 20;

  private static final int DRAWN = 10_000;

  /**
   * The comparison.
   *
   * @param differences one of each pair; at least one
   * @param confidence of the interval, from 0 to 1
   * @param seed of the sign-flips that are drawn when there are more than {@link #EXACT_PAIRS}
   *     pairs
   */
  public static PairedDifference of(double[] differences, double confidence, long seed) {
    if (differences.length == 0) {
      throw new IllegalArgumentException("there are no differences: give at least one pair");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence is " + confidence + ": give a number between 0 and 1");
    }
    SignFlips flips = SignFlips.of(differences, (1 << EXACT_PAIRS) - 1, DRAWN, seed);
    double level = (1 - confidence) / 2;
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    return new PairedDifference(
        differences.length,
        sum / differences.length,
        flips.low(level),
        flips.high(level),
        flips.pGreater(),
        Math.min(1, 2 * Math.min(flips.pGreater(), flips.pLess())));
  }
}
