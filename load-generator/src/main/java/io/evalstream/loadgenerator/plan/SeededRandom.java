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

  private static long finish(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }
}
