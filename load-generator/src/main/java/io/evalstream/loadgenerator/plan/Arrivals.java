package io.evalstream.loadgenerator.plan;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When requests arrive.
 *
 * @param requestRate requests per second; infinite when nothing but the concurrency holds them
 *     back, or when {@code rampUp} gives the rate
 * @param burstiness shape of the gamma distribution that gaps are drawn from: 1 is a Poisson
 *     process, less comes in bursts, more is more even, infinite is a constant gap
 * @param rampUp a rate that grows; null for a steady one
 */
public record Arrivals(double requestRate, double burstiness, RampUp rampUp) {

  /** How the time between two arrivals comes about. */
  public enum Spacing {
    /** Exponential gaps. */
    POISSON,
    /** Equal gaps. */
    CONSTANT;

    /** The burstiness that is the same. */
    public double burstiness() {
      return this == POISSON ? 1 : Double.POSITIVE_INFINITY;
    }
  }

  /** All at once. */
  public static final Arrivals UNLIMITED = new Arrivals(Double.POSITIVE_INFINITY, 1, null);

  /** A steady rate. */
  public Arrivals(double requestRate, Spacing spacing) {
    this(requestRate, spacing.burstiness(), null);
  }

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
    if (!(burstiness > 0)) {
      throw new IllegalArgumentException(
          "burstiness is " + burstiness + ": give a number above 0; 1 is a Poisson process");
    }
    if (rampUp != null && !Double.isInfinite(requestRate)) {
      throw new IllegalArgumentException(
          "request-rate is "
              + requestRate
              + " beside a ramp-up: leave it out, the ramp-up gives the rate");
    }
  }

  /** Whether there is no rate. */
  public boolean unlimited() {
    return rampUp == null && Double.isInfinite(requestRate);
  }

  /**
   * Offsets from the start of the run, ascending. As in {@code get_request} of
   * vllm/benchmarks/serve.py the first request, too, waits for a gap, gaps are drawn from a gamma
   * distribution, and those of a steady rate are rescaled so that the last request arrives at
   * {@code count / requestRate}.
   */
  long[] offsetsNanos(int count, SeededRandom random) {
    long[] offsets = new long[count];
    if (unlimited()) {
      return offsets;
    }
    double[] cumulated = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += gap(random) / (rampUp == null ? 1 : rampUp.rate(i, count));
      cumulated[i] = sum;
    }
    double secondsPerUnit = rampUp == null && sum > 0 ? count / requestRate / sum : 1;
    double nanosPerUnit = secondsPerUnit * TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < count; i++) {
      offsets[i] = Math.round(cumulated[i] * nanosPerUnit);
    }
    return offsets;
  }

  /** How load is made, for the run's plan. */
  void describe(Map<String, String> parameters) {
    parameters.put(
        "request-rate", Double.isInfinite(requestRate) ? "inf" : Double.toString(requestRate));
    if (rampUp != null) {
      parameters.put("ramp-up-strategy", rampUp.strategy().text());
      parameters.put("ramp-up-start-rps", Double.toString(rampUp.startRps()));
      parameters.put("ramp-up-end-rps", Double.toString(rampUp.endRps()));
    }
    if (!unlimited()) {
      parameters.put("burstiness", Double.isInfinite(burstiness) ? "inf" : "" + burstiness);
    }
  }

  /** A gap of mean 1. */
  private double gap(SeededRandom random) {
    if (Double.isInfinite(burstiness)) {
      return 1;
    }
    return burstiness == 1 ? random.nextExponential() : random.nextGamma(burstiness) / burstiness;
  }
}
