package io.evalstream.loadgenerator.plan;

import java.util.concurrent.TimeUnit;

/**
 * When requests arrive.
 *
 * @param requestRate requests per second; infinite when nothing but the concurrency holds them back
 */
public record Arrivals(double requestRate, Spacing spacing) {

  /** How the time between two arrivals comes about. */
  public enum Spacing {
    /** Exponential gaps. */
    POISSON,
    /** Equal gaps. */
    CONSTANT
  }

  /** All at once. */
  public static final Arrivals UNLIMITED = new Arrivals(Double.POSITIVE_INFINITY, Spacing.POISSON);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public Arrivals {
    if (!(requestRate > 0)) {
      throw new IllegalArgumentException(
          "request-rate is " + requestRate + ": give requests per second above 0, or inf");
    }
    if (spacing == null) {
      throw new IllegalArgumentException("the spacing of arrivals is missing: poisson or constant");
    }
  }

  /** Whether there is no rate. */
  public boolean unlimited() {
    return Double.isInfinite(requestRate);
  }

  /**
   * Offsets from the start of the run, ascending. As in {@code get_request} of
   * vllm/benchmarks/serve.py the first request, too, waits for a gap, and random gaps are rescaled
   * so that the last request arrives at {@code count / requestRate}.
   */
  long[] offsetsNanos(int count, SeededRandom random) {
    long[] offsets = new long[count];
    if (unlimited()) {
      return offsets;
    }
    double[] cumulated = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += spacing == Spacing.CONSTANT ? 1 : random.nextExponential();
      cumulated[i] = sum;
    }
    double nanosPerUnit = count / requestRate / sum * TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < count; i++) {
      offsets[i] = Math.round(cumulated[i] * nanosPerUnit);
    }
    return offsets;
  }
}
