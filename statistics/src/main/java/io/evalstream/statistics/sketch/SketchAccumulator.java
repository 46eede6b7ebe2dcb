package io.evalstream.statistics.sketch;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import java.util.Iterator;

/** Takes values in, one by one, and gives the {@link QuantileSketch} of them. For one thread. */
public final class SketchAccumulator {

  static final IndexMapping MAPPING = new LogarithmicMapping(QuantileSketch.RELATIVE_ACCURACY);

  private final UnboundedSizeDenseStore positive = new UnboundedSizeDenseStore();
  private long count;
  private long zeroCount;
  private long sum;
  private long squaresHigh;
  private long squaresLow;
  private long min = Long.MAX_VALUE;
  private long max;

  /**
   * Adds a value.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public void accept(long value) {
    accept(value, 1);
  }

  /**
   * Adds a value several times.
   *
   * @param times how often, not negative
   * @throws IllegalArgumentException when either is negative
   */
  public void accept(long value, long times) {
    if (value < 0 || times < 0) {
      throw new IllegalArgumentException(
          "A sketch takes values and counts from 0 on, not " + value + " × " + times);
    }
    if (times == 0) {
      return;
    }
    if (value == 0) {
      zeroCount += times;
    } else {
      positive.add(MAPPING.index((double) value), (double) times);
    }
    count += times;
    sum += value * times;
    addSquares(value, times);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /** How many values have come in. */
  public long count() {
    return count;
  }

  /** The sketch of all values so far. */
  public QuantileSketch snapshot() {
    int bins = 0;
    for (Iterator<Bin> all = positive.getAscendingIterator(); all.hasNext(); ) {
      all.next();
      bins++;
    }
    int[] indexes = new int[bins];
    long[] counts = new long[bins];
    int next = 0;
    for (Iterator<Bin> all = positive.getAscendingIterator(); all.hasNext(); next++) {
      Bin bin = all.next();
      indexes[next] = bin.getIndex();
      counts[next] = (long) bin.getCount();
    }
    return new QuantileSketch(
        count, zeroCount, sum, squaresHigh, squaresLow, count == 0 ? 0 : min, max, indexes, counts);
  }

  /** Forgets all values, keeps the memory. */
  public void clear() {
    positive.clear();
    count = 0;
    zeroCount = 0;
    sum = 0;
    squaresHigh = 0;
    squaresLow = 0;
    min = Long.MAX_VALUE;
    max = 0;
  }

  private void addSquares(long value, long times) {
    long weighted = value * times;
    long low = weighted * value;
    squaresHigh += Math.multiplyHigh(weighted, value);
    long before = squaresLow;
    squaresLow += low;
    if (Long.compareUnsigned(squaresLow, before) < 0) {
      squaresHigh++;
    }
  }
}
