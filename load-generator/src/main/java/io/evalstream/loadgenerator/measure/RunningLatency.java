package io.evalstream.loadgenerator.measure;

import io.evalstream.statistics.sketch.QuantileSketch;

/**
 * How a metric stands while the run goes on, within 1% (nearest rank, from a sketch).
 *
 * @param count values so far; the quantiles are 0 when there are none
 */
public record RunningLatency(long count, double p50Us, double p95Us, double p99Us) {

  static RunningLatency of(QuantileSketch sketch) {
    return sketch.count() == 0
        ? new RunningLatency(0, 0, 0, 0)
        : new RunningLatency(
            sketch.count(), sketch.quantile(0.5), sketch.quantile(0.95), sketch.quantile(0.99));
  }
}
