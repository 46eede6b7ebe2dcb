package io.evalstream.statistics.verdict;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What a comparison with earlier runs must tolerate: another day and another node look like a
 * slow-down, so that runs of the baseline have to say how far they differ.
 */
public final class StoredBaseline {

  private static final int LEAST_RUNS = 3;
  private static final double LEAST = 0.05;
  private static final double DEVIATIONS = 3;

  private StoredBaseline() {}

  /**
   * The tolerance as a share: three standard deviations from run to run, 5% at least. Empty below
   * three runs, when a finding can only be advice.
   *
   * @param values of the metric, one of each run, above 0
   */
  public static OptionalDouble tolerance(double[] values) {
    if (values.length < LEAST_RUNS) {
      return OptionalDouble.empty();
    }
    double[] logs = Arrays.stream(values).map(Math::log).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double squares = Arrays.stream(logs).map(v -> (v - mean) * (v - mean)).sum();
    return OptionalDouble.of(Math.max(LEAST, DEVIATIONS * Math.sqrt(squares / (logs.length - 1))));
  }
}
