package io.evalstream.statistics.blocks;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The sign-flip test of paired differences that are symmetric about their centre. Turning the sign
 * of the differences of a subset makes their sum at least as large as it is exactly when the mean
 * of that subset is at most 0; so the sorted means of the subsets hold the test of every centre,
 * and the interval of all centres that are not refused (Hartigan, Using subsample values as typical
 * values, 1969).
 */
final class SignFlips {

  private final double[] means;

  private SignFlips(double[] means) {
    this.means = means;
    Arrays.sort(means);
  }

  /**
   * All subsets that are not empty, or so many drawn ones when there are more.
   *
   * @param most how many subsets are still all taken
   * @param drawn how many are drawn otherwise, each pair being in it or not by a fair coin
   */
  static SignFlips of(double[] differences, int most, int drawn, long seed) {
    int pairs = differences.length;
    return pairs < Integer.SIZE - 1 && (1 << pairs) - 1 <= most
        ? new SignFlips(all(differences))
        : new SignFlips(some(differences, drawn, new SplittableRandom(seed)));
  }

  /** How likely a sum at least as large is, if the centre is 0. */
  double pGreater() {
    int below = 0;
    while (below < means.length && means[below] <= 0) {
      below++;
    }
    return (1.0 + below) / (1.0 + means.length);
  }

  /** How likely a sum at most as large is, if the centre is 0. */
  double pLess() {
    int above = 0;
    while (above < means.length && means[means.length - 1 - above] >= 0) {
      above++;
    }
    return (1.0 + above) / (1.0 + means.length);
  }

  /** The smallest centre that the one-sided test at this level does not refuse. */
  double low(double level) {
    int rank = rank(level);
    return rank == 0 ? Double.NEGATIVE_INFINITY : means[rank - 1];
  }

  /** The largest centre that the one-sided test at this level does not refuse. */
  double high(double level) {
    int rank = rank(level);
    return rank == 0 ? Double.POSITIVE_INFINITY : means[means.length - rank];
  }

  private int rank(double level) {
    return (int) Math.floor(level * (means.length + 1.0));
  }

  private static double[] all(double[] differences) {
    int subsets = 1 << differences.length;
    double[] sums = new double[subsets];
    for (int subset = 1; subset < subsets; subset++) {
      sums[subset] =
          sums[subset & (subset - 1)] + differences[Integer.numberOfTrailingZeros(subset)];
    }
    double[] means = new double[subsets - 1];
    for (int subset = 1; subset < subsets; subset++) {
      means[subset - 1] = sums[subset] / Integer.bitCount(subset);
    }
    return means;
  }

  private static double[] some(double[] differences, int count, SplittableRandom random) {
    double[] means = new double[count];
    for (int i = 0; i < count; i++) {
      double sum = 0;
      int size = 0;
      while (size == 0) {
        long coins = 0;
        for (int k = 0; k < differences.length; k++) {
          coins = k % Long.SIZE == 0 ? random.nextLong() : coins >>> 1;
          if ((coins & 1) == 1) {
            sum += differences[k];
            size++;
          }
        }
      }
      means[i] = sum / size;
    }
    return means;
  }
}
