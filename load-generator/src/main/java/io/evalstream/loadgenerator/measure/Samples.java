package io.evalstream.loadgenerator.measure;

import java.util.Arrays;

/**
 * How often each value of one metric came, in microseconds. Nothing is rounded, and the memory goes
 * with the number of different values, not with how many came: whole values up to 131 ms are
 * counted in pages that are made when they are needed, others in a hash table. Not safe for many
 * threads.
 */
final class Samples {

  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGES = 512;
  private static final double PAGED = PAGES << PAGE_BITS;

  private final long[][] pages = new long[PAGES][];
  private double[] otherValues = new double[16];
  private long[] otherCounts = new long[16];
  private int others;
  private int different;

  void add(long valueUs) {
    add((double) valueUs, 1);
  }

  void add(double valueUs) {
    add(valueUs, 1);
  }

  /** Adds a value that came {@code times} times, at least once. */
  void add(double valueUs, long times) {
    if (valueUs >= 0 && valueUs < PAGED && valueUs == (int) valueUs) {
      long[] page = page((int) valueUs);
      int place = (int) valueUs & (PAGE - 1);
      if (page[place] == 0) {
        different++;
      }
      page[place] += times;
      return;
    }
    int slot = slot(valueUs);
    if (otherCounts[slot] == 0) {
      if (++others * 2 > otherCounts.length) {
        grow();
        slot = slot(valueUs);
      }
      different++;
      otherValues[slot] = valueUs;
    }
    otherCounts[slot] += times;
  }

  /** Adds everything that is in {@code more}. */
  void addAll(Samples more) {
    for (double value : more.values()) {
      add(value, more.times(value));
    }
  }

  LatencyDistribution distribution() {
    double[] values = values();
    long[] ends = new long[values.length];
    long end = 0;
    for (int i = 0; i < values.length; i++) {
      end += times(values[i]);
      ends[i] = end;
    }
    return new LatencyDistribution(values, ends);
  }

  /** The different values, ascending. */
  private double[] values() {
    double[] values = new double[different];
    int next = 0;
    for (int p = 0; p < PAGES; p++) {
      for (int place = 0; pages[p] != null && place < PAGE; place++) {
        if (pages[p][place] != 0) {
          values[next++] = (p << PAGE_BITS) + place;
        }
      }
    }
    for (int slot = 0; slot < otherCounts.length; slot++) {
      if (otherCounts[slot] != 0) {
        values[next++] = otherValues[slot];
      }
    }
    Arrays.sort(values);
    return values;
  }

  private long times(double valueUs) {
    boolean paged = valueUs >= 0 && valueUs < PAGED && valueUs == (int) valueUs;
    return paged
        ? pages[(int) valueUs >> PAGE_BITS][(int) valueUs & (PAGE - 1)]
        : otherCounts[slot(valueUs)];
  }

  private long[] page(int valueUs) {
    int number = valueUs >> PAGE_BITS;
    long[] page = pages[number];
    if (page == null) {
      page = new long[PAGE];
      pages[number] = page;
    }
    return page;
  }

  /** Where a value of the hash table is, or would be. */
  private int slot(double valueUs) {
    int mask = otherCounts.length - 1;
    long bits = Double.doubleToLongBits(valueUs) * 0x9e3779b97f4a7c15L;
    int slot = (int) (bits >>> 32) & mask;
    while (otherCounts[slot] != 0 && otherValues[slot] != valueUs) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    double[] values = otherValues;
    long[] counts = otherCounts;
    otherValues = new double[values.length * 2];
    otherCounts = new long[counts.length * 2];
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        int slot = slot(values[i]);
        otherValues[slot] = values[i];
        otherCounts[slot] = counts[i];
      }
    }
  }
}
