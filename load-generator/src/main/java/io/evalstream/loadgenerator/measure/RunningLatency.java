package io.evalstream.loadgenerator.measure;

import io.evalstream.statistics.sketch.QuantileSketch;

/**
 * How a metric stands while the run goes on, within 1% (nearest rank, from a sketch).
 *
 * @param values so far, in microseconds
 */
public record RunningLatency(QuantileSketch values) {

  /** Of no values. */
  public static final RunningLatency NONE = new RunningLatency(QuantileSketch.EMPTY);

  static RunningLatency of(QuantileSketch sketch) {
    return new RunningLatency(sketch);
  }

  /** Values so far. */
  public long count() {
    return values.count();
  }

  /** The median; 0 when there are no values. */
  public double p50Us() {
    return quantile(0.5);
  }

  /** The 95th percentile; 0 when there are no values. */
  public double p95Us() {
    return quantile(0.95);
  }

  /** The 99th percentile; 0 when there are no values. */
  public double p99Us() {
    return quantile(0.99);
  }

  /** How the values stand that came since an earlier look at the same metric. */
  public RunningLatency since(RunningLatency earlier) {
    return new RunningLatency(values.since(earlier.values));
  }

  private double quantile(double p) {
    return count() == 0 ? 0 : values.quantile(p);
  }
}
