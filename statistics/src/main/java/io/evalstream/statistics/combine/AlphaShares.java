package io.evalstream.statistics.combine;

/**
 * How a whole that is tested together and part by part shares its alpha (weighted Bonferroni): the
 * sum is alpha, so that all tests together alarm at most as often. A part that has parts of its own
 * shares what it has in the same way.
 *
 * @param whole for the stream of all parts pooled
 * @param part for each part
 */
public record AlphaShares(double whole, double part) {

  private static final double POOLED = 0.3;

  /**
   * The shares.
   *
   * @param alpha of all together, between 0 and 1
   * @param parts how many; up to one is the same as the whole, which then gets all
   */
  public static AlphaShares of(double alpha, int parts) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha is " + alpha + ": give a number between 0 and 1");
    }
    return parts <= 1
        ? new AlphaShares(alpha, 0)
        : new AlphaShares(POOLED * alpha, (1 - POOLED) * alpha / parts);
  }
}
