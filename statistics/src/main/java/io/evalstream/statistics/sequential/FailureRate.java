package io.evalstream.statistics.sequential;

import java.util.Arrays;

/**
 * Evidence about how often something fails, against an objective p0: {@code E = mean over q of
 * (q/p0)^failures · ((1−q)/(1−p0))^successes}. While each fails with a probability of at most p0,
 * whatever came before, the E that speaks for more exceeds 1/alpha at any time at all with a
 * probability of at most alpha; likewise, with at least p0, the E that speaks for fewer.
 */
public final class FailureRate {

  private FailureRate() {}

  /**
   * The logarithm of the E that speaks for more failures than the objective allows.
   *
   * @param objective p0, between 0 and 0.5
   */
  public static double logEAbove(long failures, long successes, double objective) {
    check(objective);
    double[] rates = {2 * objective, 4 * objective, 10 * objective, .1, .4};
    return logE(
        failures,
        successes,
        objective,
        Arrays.stream(rates).filter(q -> q > objective && q < 1).toArray());
  }

  /**
   * The logarithm of the E that speaks for fewer failures than the objective allows.
   *
   * @param objective p0, between 0 and 0.5
   */
  public static double logEBelow(long failures, long successes, double objective) {
    check(objective);
    return logE(
        failures,
        successes,
        objective,
        new double[] {objective / 2, objective / 4, objective / 10});
  }

  private static void check(double objective) {
    if (!(objective > 0 && objective < 0.5)) {
      throw new IllegalArgumentException(
          "objective is " + objective + ": give a share of failures between 0 and 0.5");
    }
  }

  private static double logE(long failures, long successes, double objective, double[] rates) {
    double[] logarithms = new double[rates.length];
    for (int j = 0; j < rates.length; j++) {
      logarithms[j] =
          failures * StrictMath.log(rates[j] / objective)
              + successes * (StrictMath.log1p(-rates[j]) - StrictMath.log1p(-objective));
    }
    return Mixture.logMean(logarithms);
  }
}
