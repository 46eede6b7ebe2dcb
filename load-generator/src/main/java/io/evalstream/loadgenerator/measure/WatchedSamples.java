package io.evalstream.loadgenerator.measure;

import io.evalstream.statistics.sketch.SketchAccumulator;

/** Samples with a sketch of them for looking while the run goes on. Not safe for many threads. */
final class WatchedSamples {

  private final Samples samples = new Samples();
  private final SketchAccumulator sketch = new SketchAccumulator();

  void add(long valueUs) {
    samples.add(valueUs);
    sketch.accept(Math.max(0, valueUs));
  }

  void add(double valueUs) {
    samples.add(valueUs);
    sketch.accept(Math.max(0, Math.round(valueUs)));
  }

  LatencyDistribution distribution() {
    return samples.distribution();
  }

  RunningLatency running() {
    return RunningLatency.of(sketch.snapshot());
  }
}
