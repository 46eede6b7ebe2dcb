package io.evalstream.statistics.blocks;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The smallest slow-down that a comparison by blocks would find, before anything is sent.
 *
 * <p>Assumed: the logarithms of the two means of a pair of blocks differ by the slow-down and by
 * normal noise. The noise of one block is that of the block as a whole and, independent of it, that
 * of its requests, divided by the root of their number. The answer comes from the sign-flip test
 * itself, over seeded draws of such noise.
 *
 * @param alpha how often no slow-down is taken for one
 * @param power how often a slow-down of that size is found
 * @param blockNoise standard deviation of a block's mean relative to it, its requests aside
 * @param requestNoise standard deviation of a request's E2EL relative to what it ought to take
 */
public record DetectableChange(double alpha, double power, double blockNoise, double requestNoise) {

  private static final int COMPARISONS = 1_000;
  private static final int MOST_SUBSETS = 1 << 10;
  private static final int DRAWN_SUBSETS = 2_000;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public DetectableChange {
    between("alpha", alpha);
    between("power", power);
    notNegative("block-noise", blockNoise);
    notNegative("request-noise", requestNoise);
  }

  /**
   * The slow-down as a share, 0.05 for 5%; empty when so few blocks cannot find any.
   *
   * @param blocks pairs of blocks
   * @param requests requests of a block
   */
  public OptionalDouble of(int blocks, long requests, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] needed = new double[COMPARISONS];
    for (int i = 0; i < COMPARISONS; i++) {
      double[] noise = new double[blocks];
      for (int k = 0; k < blocks; k++) {
        noise[k] = random.nextGaussian();
      }
      needed[i] = -SignFlips.of(noise, MOST_SUBSETS, DRAWN_SUBSETS, random.nextLong()).low(alpha);
    }
    Arrays.sort(needed);
    double spread =
        Math.sqrt(2 * (blockNoise * blockNoise + requestNoise * requestNoise / requests));
    double shift = needed[(int) Math.ceil(power * COMPARISONS) - 1] * spread;
    return Double.isInfinite(needed[0])
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.expm1(shift));
  }

  private static void between(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number between 0 and 1");
    }
  }

  private static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + ": give a share from 0 on");
    }
  }
}
