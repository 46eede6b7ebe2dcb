package io.evalstream.jobs.latency;

import io.evalstream.events.Event;
import io.evalstream.events.MetricWindow;
import io.evalstream.jobs.accounting.Versions;
import io.evalstream.statistics.sketch.QuantileSketch;

/**
 * What is known of a window.
 *
 * @param complete whether the watermark has passed its end
 */
public record WindowState(QuantileSketch sketch, boolean complete) {

  /** A window in which nothing has happened. */
  static final WindowState EMPTY = new WindowState(QuantileSketch.EMPTY, false);

  WindowState plus(QuantileSketch more) {
    return new WindowState(sketch.plus(more), complete);
  }

  WindowState completed() {
    return new WindowState(sketch, true);
  }

  /** The window as others read it. Its version depends on its content alone. */
  MetricWindow toRecord(int epoch, String runId, WindowKey key) {
    return new MetricWindow(
        Event.SCHEMA_VERSION,
        runId,
        key.scenario(),
        key.metric(),
        key.startUs(),
        WindowAccumulators.WINDOW_US,
        Versions.of(epoch, 2 * sketch.count() + (complete ? 1 : 0)),
        complete,
        sketch.count(),
        sketch.zeroCount(),
        sketch.sum(),
        sketch.sumOfSquares(),
        sketch.min(),
        sketch.max(),
        sketch.binIndexes(),
        sketch.binCounts());
  }
}
