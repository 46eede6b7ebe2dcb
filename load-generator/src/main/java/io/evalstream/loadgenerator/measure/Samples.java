package io.evalstream.loadgenerator.measure;

import io.evalstream.statistics.sketch.QuantileSketch;
import io.evalstream.statistics.sketch.SketchAccumulator;
import java.util.ArrayList;
import java.util.List;

/**
 * Every value of one metric, in microseconds, kept exactly in blocks of a primitive array, and a
 * sketch of them for looking while the run goes on. Not safe for many threads.
 */
final class Samples {

  private static final int BLOCK = 1 << 14;

  private final List<double[]> blocks = new ArrayList<>();
  private final SketchAccumulator sketch = new SketchAccumulator();
  private int inLast = BLOCK;

  void add(long valueUs) {
    add((double) valueUs);
  }

  void add(double valueUs) {
    if (inLast == BLOCK) {
      blocks.add(new double[BLOCK]);
      inLast = 0;
    }
    blocks.get(blocks.size() - 1)[inLast++] = valueUs;
    sketch.accept(Math.max(0, Math.round(valueUs)));
  }

  /** How many values there are. */
  long size() {
    return blocks.isEmpty() ? 0 : (blocks.size() - 1L) * BLOCK + inLast;
  }

  /** A value, in the order they were added. */
  double get(long index) {
    return blocks.get((int) (index / BLOCK))[(int) (index % BLOCK)];
  }

  QuantileSketch sketch() {
    return sketch.snapshot();
  }

  LatencyDistribution distribution() {
    if (blocks.isEmpty()) {
      return LatencyDistribution.EMPTY;
    }
    int size = Math.addExact(Math.multiplyExact(blocks.size() - 1, BLOCK), inLast);
    double[] values = new double[size];
    for (int from = 0; from < size; from += BLOCK) {
      System.arraycopy(blocks.get(from / BLOCK), 0, values, from, Math.min(BLOCK, size - from));
    }
    return LatencyDistribution.of(values);
  }
}
