package io.evalstream.statistics.distribution;

import java.math.BigInteger;
import java.util.function.LongToDoubleFunction;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two-sided intervals of figures that were estimated from independent values. Each misses the true
 * figure at most as often as said, or about as often where that is written.
 */
public final class ConfidenceIntervals {

  private ConfidenceIntervals() {}

  /**
   * Of the probability of a success, by Clopper and Pearson.
   *
   * @param trials none tell nothing
   */
  public static Interval share(long successes, long trials, double confidence) {
    double side = (1 + confidence) / 2;
    return trials == 0
        ? new Interval(0, 1)
        : new Interval(
            ClopperPearson.lower(successes, trials, side),
            ClopperPearson.upper(successes, trials, side));
  }

  /**
   * Of a quantile, by order statistics: how many of {@code count} values are below it is binomial,
   * whatever their distribution (David and Nagaraja, Order Statistics, 7.1).
   *
   * @param p the quantile's probability, between 0 and 1
   * @param atRank gives the value of a rank, from 1 for the smallest
   */
  public static Interval quantile(
      long count, double p, double confidence, LongToDoubleFunction atRank) {
    double side = (1 - confidence) / 2;
    // the quantile is at least the value of rank r as often as r values or more are below it
    long lower = reached(side, count, p);
    // and above the value of rank r only as often as r or more are
    long upper = reached(1 - side, count, p) + 1;
    return new Interval(
        lower < 1 ? Double.NEGATIVE_INFINITY : atRank.applyAsDouble(lower),
        upper > count ? Double.POSITIVE_INFINITY : atRank.applyAsDouble(upper));
  }

  /**
   * Of a mean, by Student's t: exact for normal values, about right for many others.
   *
   * @param sum of the values
   * @param sumOfSquares of the values
   */
  public static Interval mean(long count, long sum, BigInteger sumOfSquares, double confidence) {
    if (count < 2) {
      return Interval.UNKNOWN;
    }
    // (n Σx² − (Σx)²) has no room for rounding: the two are nearly equal where values are
    BigInteger spread =
        sumOfSquares.multiply(BigInteger.valueOf(count)).subtract(BigInteger.valueOf(sum).pow(2));
    double variance = spread.doubleValue() / count / (count - 1);
    return Interval.around(
        (double) sum / count, studentT(confidence, count - 1) * Math.sqrt(variance / count));
  }

  /**
   * Of a sum of values that come at random times, as a compound Poisson process: its variance is
   * estimated by the sum of squares. About right for many values.
   */
  public static Interval randomSum(
      long count, double sum, BigInteger sumOfSquares, double confidence) {
    return count < 2
        ? Interval.UNKNOWN
        : Interval.around(
            sum, studentT(confidence, count - 1) * Math.sqrt(sumOfSquares.doubleValue()));
  }

  /** What Student's t exceeds in neither direction with that probability. */
  static double studentT(double confidence, long degreesOfFreedom) {
    return TDistribution.of((double) degreesOfFreedom)
        .inverseSurvivalProbability((1 - confidence) / 2);
  }

  /** The smallest k that a binomial of that many trials does not exceed with that probability. */
  private static long reached(double probability, long trials, double p) {
    long low = 0;
    long high = trials;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (BetaDistribution.of((double) trials - middle, middle + 1.0).cumulativeProbability(1 - p)
          >= probability) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
