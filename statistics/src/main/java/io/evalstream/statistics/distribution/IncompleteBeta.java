package io.evalstream.statistics.distribution;

/**
 * The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, 6.4),
 * and its inverse by bisection.
 */
final class IncompleteBeta {

  private static final double EPSILON = 1e-15;
  private static final double TINY = 1e-300;
  private static final int STEPS = 100_000;
  private static final int HALVINGS = 200;

  private IncompleteBeta() {}

  /** The share of the beta distribution with shapes a and b, both above 0, that is below x. */
  static double regularized(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, x) / a
        : 1 - front * fraction(b, a, 1 - x) / b;
  }

  /** The x below which the share p of the distribution lies. */
  static double quantile(double a, double b, double p) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS && high - low > Math.ulp(high); i++) {
      double middle = (low + high) / 2;
      if (regularized(a, b, middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / bounded(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / bounded(1 + even * d);
      c = bounded(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / bounded(1 + odd * d);
      c = bounded(1 + odd / c);
      value *= d * c;
      if (Math.abs(d * c - 1) < EPSILON) {
        return value;
      }
    }
    return value;
  }

  private static double bounded(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** Stirling's series, after the argument was made large enough for it. */
  private static double logGamma(double z) {
    double shift = 0;
    double x = z;
    while (x < 15) {
      shift += Math.log(x);
      x++;
    }
    double inverse = 1 / (x * x);
    double series =
        (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}
