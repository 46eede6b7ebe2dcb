package io.evalstream.loadgenerator.measure;

import java.util.Arrays;

/** Collects how late requests were sent, from one look to the next. Safe for many threads. */
public final class SendLag {

  private long[] lagsNanos = new long[256];
  private int count;

  /**
   * The lags since the look before, in microseconds; all 0 when nothing was sent.
   *
   * @param count requests sent
   */
  public record Window(int count, long p50Us, long p99Us, long maxUs) {}

  /** A request was sent so much later than intended; what is below 0 counts as 0. */
  public synchronized void add(long lagNanos) {
    if (count == lagsNanos.length) {
      lagsNanos = Arrays.copyOf(lagsNanos, count * 2);
    }
    lagsNanos[count++] = Math.max(0, lagNanos);
  }

  /** What was collected, which is forgotten. */
  public synchronized Window take() {
    int size = count;
    count = 0;
    if (size == 0) {
      return new Window(0, 0, 0, 0);
    }
    Arrays.sort(lagsNanos, 0, size);
    return new Window(size, rankUs(0.5, size), rankUs(0.99, size), rankUs(1, size));
  }

  /** The nearest rank. */
  private long rankUs(double p, int size) {
    return lagsNanos[(int) Math.ceil(p * size) - 1] / 1000;
  }
}
