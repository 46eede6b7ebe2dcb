package io.evalstream.statistics.sequential;

/** Equal mixtures of e-processes that are known by their logarithms. */
final class Mixture {

  private Mixture() {}

  /** The logarithm of the mean of what these are the logarithms of; at least one. */
  static double logMean(double... logarithms) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logarithm : logarithms) {
      largest = Math.max(largest, logarithm);
    }
    if (Double.isInfinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double logarithm : logarithms) {
      sum += StrictMath.exp(logarithm - largest);
    }
    return largest + StrictMath.log(sum / logarithms.length);
  }
}
