package io.evalstream.simulator;

import java.util.random.RandomGenerator;

/**
 * How many of something; draws are at least 1.
 *
 * <p>Textual forms:
 *
 * <ul>
 *   <li>{@code constant:4} or {@code 4}
 *   <li>{@code uniform:1,4}: each whole number of the range equally often
 *   <li>{@code speculative:0.7,4}: one token and up to 4 drafted ones, each accepted with
 *       probability 0.7 until the first is not, as speculative decoding does
 *   <li>{@code lognormal:128,0.7}: median and standard deviation of the logarithm, rounded
 * </ul>
 */
public sealed interface CountDistribution {

  /** The next count, 1 or more. */
  int draw(RandomGenerator random);

  /** The largest count that can be drawn. */
  int largest();

  /**
   * Reads a textual form.
   *
   * @param item the configuration item, named in the error
   * @throws IllegalArgumentException if the text is no distribution
   */
  static CountDistribution parse(String item, String text) {
    DistributionText parts = DistributionText.of(item, text);
    switch (parts.name()) {
      case "constant" -> {
        parts.expect(1, "constant:4");
        parts.require(parts.count(0) >= 1, "the count must be 1 or more");
        return new Constant(parts.count(0));
      }
      case "uniform" -> {
        parts.expect(2, "uniform:1,4 (smallest, largest)");
        int least = parts.count(0);
        int most = parts.count(1);
        parts.require(
            least >= 1 && most >= least && most < Integer.MAX_VALUE,
            "the smallest must be 1 or more and not above the largest");
        return new Uniform(least, most);
      }
      case "speculative" -> {
        parts.expect(2, "speculative:0.7,4 (acceptance, drafted tokens)");
        double acceptance = parts.number(0);
        int drafted = parts.count(1);
        parts.require(acceptance >= 0 && acceptance <= 1, "the acceptance must be between 0 and 1");
        parts.require(
            drafted >= 1 && drafted <= 1_000, "the drafted tokens must be between 1 and 1000");
        return new Speculative(acceptance, drafted);
      }
      case "lognormal" -> {
        parts.expect(2, "lognormal:128,0.7 (median, standard deviation of the logarithm)");
        double sigma = parts.number(1);
        parts.require(parts.count(0) >= 1, "the median must be 1 or more");
        parts.require(sigma >= 0 && sigma <= 5, "the standard deviation must be between 0 and 5");
        return new LogNormal(parts.count(0), sigma);
      }
      default -> throw parts.unknown("constant, uniform, speculative or lognormal");
    }
  }

  /** Always the same. */
  record Constant(int count) implements CountDistribution {
    @Override
    public int draw(RandomGenerator random) {
      return count;
    }

    @Override
    public int largest() {
      return count;
    }

    @Override
    public String toString() {
      return "constant:" + count;
    }
  }

  /** Uniform over a range, both ends included. */
  record Uniform(int smallest, int largest) implements CountDistribution {
    @Override
    public int draw(RandomGenerator random) {
      return random.nextInt(smallest, largest + 1);
    }

    @Override
    public String toString() {
      return "uniform:" + smallest + "," + largest;
    }
  }

  /** One token and the accepted prefix of the drafted ones. */
  record Speculative(double acceptance, int drafted) implements CountDistribution {
    @Override
    public int draw(RandomGenerator random) {
      int accepted = 0;
      while (accepted < drafted && random.nextDouble() < acceptance) {
        accepted++;
      }
      return 1 + accepted;
    }

    @Override
    public int largest() {
      return 1 + drafted;
    }

    @Override
    public String toString() {
      return "speculative:" + acceptance + "," + drafted;
    }
  }

  /** Log-normal, rounded to the nearest whole number. */
  record LogNormal(int median, double sigma) implements CountDistribution {
    @Override
    public int draw(RandomGenerator random) {
      double drawn = median * Math.exp(sigma * random.nextGaussian());
      return (int) Math.max(1, Math.min(Math.round(drawn), Integer.MAX_VALUE));
    }

    @Override
    public int largest() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
      return "lognormal:" + median + "," + sigma;
    }
  }
}
