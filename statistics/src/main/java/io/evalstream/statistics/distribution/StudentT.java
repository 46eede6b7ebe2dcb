package io.evalstream.statistics.distribution;

/** Student's t distribution. */
final class StudentT {

  private StudentT() {}

  /**
   * The t that is exceeded in neither direction with that probability.
   *
   * @param confidence between 0 and 1
   * @param degreesOfFreedom at least 1
   */
  static double quantile(double confidence, long degreesOfFreedom) {
    // t² / (ν + t²) is beta distributed with shapes 1/2 and ν/2
    double y = IncompleteBeta.quantile(0.5, degreesOfFreedom / 2.0, confidence);
    return Math.sqrt(degreesOfFreedom * y / (1 - y));
  }
}
