package io.evalstream.loadgenerator.plan;

/**
 * SplitMix64 (Steele, Lea, Flood 2014), written out so that a seed gives the same plan on every
 * Java version. For one thread.
 */
public final class SeededRandom {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** A generator whose numbers depend on {@code seed} alone. */
  public SeededRandom(long seed) {
    state = seed;
  }

  /** A well mixed 64-bit number made of two; different pairs rarely meet. */
  public static long mix(long a, long b) {
    return finish(finish(a + GOLDEN) ^ (b + GOLDEN));
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GOLDEN;
    return finish(state);
  }

  /** A number from 0 (included) to {@code bound} (excluded), which is positive. */
  public int nextInt(int bound) {
    return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
  }

  /** A number from 0 (included) to 1 (excluded). */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** A draw from the exponential distribution with mean 1. */
  public double nextExponential() {
    return -StrictMath.log1p(-nextDouble());
  }

  /** A draw from the normal distribution with mean 0 and variance 1 (Marsaglia's polar method). */
  double nextNormal() {
    double x;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      double y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
  }

  /**
   * A draw from the gamma distribution with this shape and scale 1 (Marsaglia and Tsang 2000).
   *
   * @param shape above 0
   */
  double nextGamma(double shape) {
    if (shape < 1) {
      return nextGamma(shape + 1) * StrictMath.pow(1 - nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = nextNormal();
      double root = 1 + c * x;
      double v = root * root * root;
      double u = 1 - nextDouble();
      if (v > 0 && StrictMath.log(u) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }

  private static long finish(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
