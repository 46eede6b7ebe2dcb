package io.evalstream.statistics.combine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Several e-values, by their logarithms. They may depend on each other in any way. */
public final class EValues {

  private EValues() {}

  /**
   * The logarithm of the weighted mean, which is an e-value again. Give the values as they stand at
   * one moment, never the largest that each has had.
   *
   * @param weights of each, not negative, at least one above 0; they need not add up to 1
   */
  public static double logMean(double[] logEs, double[] weights) {
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a weight is " + weight + ": give numbers from 0 on");
      }
      total += weight;
    }
    if (weights.length != logEs.length || total == 0) {
      throw new IllegalArgumentException(
          logEs.length + " e-values, " + weights.length + " weights that add up to " + total);
    }
    double largest = Arrays.stream(logEs).max().orElseThrow();
    if (Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (int i = 0; i < logEs.length; i++) {
      sum += weights[i] / total * StrictMath.exp(logEs[i] - largest);
    }
    return largest + StrictMath.log(sum);
  }

  /** Whether they alarm together: whether their weighted mean is at least 1/alpha now. */
  public static boolean alarm(double[] logEs, double[] weights, double alpha) {
    return logMean(logEs, weights) >= -StrictMath.log(alpha);
  }

  /**
   * Which of K metrics have changed (e-BH; Wang and Ramdas, False discovery rate control with
   * e-values, 2022): the k largest, k being the largest for which the k-th is at least K/(alpha·k).
   * Of those named at most a share of alpha is expected to be wrong.
   *
   * @return their places, that of the largest first
   */
  public static int[] discoveries(double[] logEs, double alpha) {
    int[] places =
        IntStream.range(0, logEs.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -logEs[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int k = places.length; k > 0; k--) {
      if (logEs[places[k - 1]] >= StrictMath.log(places.length / (alpha * k))) {
        return Arrays.copyOf(places, k);
      }
    }
    return new int[0];
  }
}
