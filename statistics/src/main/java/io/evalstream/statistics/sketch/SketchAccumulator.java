package io.evalstream.statistics.sketch;

import java.util.Arrays;

/** Takes values in and gives the {@link QuantileSketch} of them. For one thread. */
public final class SketchAccumulator {

  /** Room for bins is made in steps of this many, a power of two. */
  private static final int STEP = 64;

  private long[] binCounts = {};
  private int firstBin;
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
      throw refused(value + " × " + times);
    }
    if (times == 0) {
      return;
    }
    addToBin(value, times);
    count += times;
    sum += value * times;
    addSquares(value, times);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  /**
   * Adds the values of an array from one place to before another.
   *
   * @throws IllegalArgumentException when one is negative; none is added then
   */
  public void accept(int[] values, int from, int to) {
    long smallest = min;
    long largest = max;
    long total = sum;
    long high = squaresHigh;
    long low = squaresLow;
    for (int i = from; i < to; i++) {
      long value = values[i];
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      total += value;
      low += value * value;
      if (Long.compareUnsigned(low, value * value) < 0) {
        high++;
      }
    }
    if (smallest < 0) {
      throw refused(Long.toString(smallest));
    }
    for (int i = from; i < to; i++) {
      addToBin(values[i], 1);
    }
    count += to - from;
    min = smallest;
    max = largest;
    sum = total;
    squaresHigh = high;
    squaresLow = low;
  }

  /** How many values have come in. */
  public long count() {
    return count;
  }

  /** The sketch of all values so far. */
  public QuantileSketch snapshot() {
    int bins = 0;
    for (long inBin : binCounts) {
      bins += inBin == 0 ? 0 : 1;
    }
    int[] indexes = new int[bins];
    long[] counts = new long[bins];
    int next = 0;
    for (int place = 0; place < binCounts.length; place++) {
      if (binCounts[place] != 0) {
        indexes[next] = firstBin + place;
        counts[next++] = binCounts[place];
      }
    }
    return new QuantileSketch(
        count, zeroCount, sum, squaresHigh, squaresLow, count == 0 ? 0 : min, max, indexes, counts);
  }

  /** Forgets all values, keeps the memory. */
  public void clear() {
    Arrays.fill(binCounts, 0);
    count = 0;
    zeroCount = 0;
    sum = 0;
    squaresHigh = 0;
    squaresLow = 0;
    min = Long.MAX_VALUE;
    max = 0;
  }

  private void addToBin(long value, long times) {
    if (value == 0) {
      zeroCount += times;
      return;
    }
    int bin = Bins.of(value);
    int place = bin - firstBin;
    if (place < 0 || place >= binCounts.length) {
      makeRoomFor(bin);
      place = bin - firstBin;
    }
    binCounts[place] += times;
  }

  private void makeRoomFor(int bin) {
    int start = bin & -STEP;
    int end = start + STEP;
    if (binCounts.length > 0) {
      start = Math.min(start, firstBin);
      end = Math.max(end, firstBin + binCounts.length);
    }
    long[] wider = new long[end - start];
    System.arraycopy(
        binCounts, 0, wider, binCounts.length == 0 ? 0 : firstBin - start, binCounts.length);
    binCounts = wider;
    firstBin = start;
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

  private static IllegalArgumentException refused(String what) {
    return new IllegalArgumentException("A sketch takes values and counts from 0 on, not " + what);
  }
}
