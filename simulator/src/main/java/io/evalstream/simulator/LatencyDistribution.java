package io.evalstream.simulator;

import java.util.random.RandomGenerator;

/**
 * How long something takes. Draws are never negative and depend only on the generator given.
 *
 * <p>Textual forms, durations in {@code us}, {@code ms} or {@code s}:
 *
 * <ul>
 *   <li>{@code constant:10ms} or {@code 10ms}
 *   <li>{@code normal:10ms,2ms}: mean and standard deviation; negative draws become zero
 *   <li>{@code lognormal:10ms,0.3}: median and standard deviation of the logarithm
 *   <li>{@code pareto:10ms,2.5}: minimum and shape; the heavy tail, P(x &gt; t) = (minimum/t)^shape
 * </ul>
 */
public sealed interface LatencyDistribution {

  /** The next duration in nanoseconds, at most an hour so that a heavy tail cannot hang a run. */
  long drawNanos(RandomGenerator random);

  /**
   * Reads a textual form.
   *
   * @param item the configuration item, named in the error
   * @throws IllegalArgumentException if the text is no distribution
   */
  static LatencyDistribution parse(String item, String text) {
    DistributionText parts = DistributionText.of(item, text);
    switch (parts.name()) {
      case "constant" -> {
        parts.expect(1, "constant:10ms");
        return new Constant(parts.nanos(0));
      }
      case "normal" -> {
        parts.expect(2, "normal:10ms,2ms (mean, standard deviation)");
        return new Normal(parts.nanos(0), parts.nanos(1));
      }
      case "lognormal" -> {
        parts.expect(2, "lognormal:10ms,0.3 (median, standard deviation of the logarithm)");
        double sigma = parts.number(1);
        parts.require(
            sigma >= 0 && sigma <= 5, "the standard deviation must be between 0 and 5, as in 0.3");
        return new LogNormal(parts.nanos(0), sigma);
      }
      case "pareto" -> {
        parts.expect(2, "pareto:10ms,2.5 (minimum, shape)");
        double shape = parts.number(1);
        parts.require(
            shape > 1 && shape <= 1_000,
            "the shape must be above 1 (below, there is no mean) and at most 1000, as in 2.5");
        return new Pareto(parts.nanos(0), shape);
      }
      default -> throw parts.unknown("constant, normal, lognormal or pareto");
    }
  }

  /** Always the same. */
  record Constant(long nanos) implements LatencyDistribution {
    @Override
    public long drawNanos(RandomGenerator random) {
      return nanos;
    }

    @Override
    public String toString() {
      return "constant:" + Durations.format(nanos);
    }
  }

  /** Normal, with negative draws set to zero. */
  record Normal(long meanNanos, long deviationNanos) implements LatencyDistribution {
    @Override
    public long drawNanos(RandomGenerator random) {
      return bounded(meanNanos + deviationNanos * random.nextGaussian());
    }

    @Override
    public String toString() {
      return "normal:" + Durations.format(meanNanos) + "," + Durations.format(deviationNanos);
    }
  }

  /** Log-normal; its mean is {@code median * exp(sigma^2 / 2)}. */
  record LogNormal(long medianNanos, double sigma) implements LatencyDistribution {
    @Override
    public long drawNanos(RandomGenerator random) {
      return bounded(medianNanos * Math.exp(sigma * random.nextGaussian()));
    }

    @Override
    public String toString() {
      return "lognormal:" + Durations.format(medianNanos) + "," + sigma;
    }
  }

  /** Pareto; its mean is {@code minimum * shape / (shape - 1)}. */
  record Pareto(long minimumNanos, double shape) implements LatencyDistribution {
    @Override
    public long drawNanos(RandomGenerator random) {
      return bounded(minimumNanos * Math.pow(1 - random.nextDouble(), -1 / shape));
    }

    @Override
    public String toString() {
      return "pareto:" + Durations.format(minimumNanos) + "," + shape;
    }
  }

  private static long bounded(double nanos) {
    return Math.max(0, Math.min(Math.round(nanos), 3_600_000_000_000L));
  }
}
