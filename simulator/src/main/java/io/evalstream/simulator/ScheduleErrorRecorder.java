package io.evalstream.simulator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts how late chunks were, in buckets that are at most 1/32 of their value wide, so a quantile
 * is at most 3.2% too high and never too low. Thread-safe.
 */
final class ScheduleErrorRecorder {
  private static final int SUB_BITS = 5;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  private final AtomicLongArray counts =
      new AtomicLongArray((Long.SIZE - SUB_BITS + 1) * SUB_BUCKETS);
  private final AtomicLong max = new AtomicLong();

  /** Counts a chunk that left {@code nanos} after its time; a negative number counts as 0. */
  void record(long nanos) {
    long late = Math.max(0, nanos);
    counts.getAndIncrement(bucketOf(late));
    if (late > max.get()) {
      max.accumulateAndGet(late, Math::max);
    }
  }

  /** What was counted so far. */
  ScheduleError summary() {
    long total = 0;
    for (int i = 0; i < counts.length(); i++) {
      total += counts.get(i);
    }
    return new ScheduleError(
        total, quantile(total, 0.50) / 1e3, quantile(total, 0.99) / 1e3, max.get() / 1e3);
  }

  /** Forgets what was counted so far; what is being counted meanwhile may be lost in part. */
  void clear() {
    for (int i = 0; i < counts.length(); i++) {
      counts.set(i, 0);
    }
    max.set(0);
  }

  /** Nearest-rank quantile in nanoseconds, as its bucket's upper end; 0 if nothing was counted. */
  private long quantile(long total, double fraction) {
    long rank = (long) Math.ceil(fraction * total);
    long seen = 0;
    for (int i = 0; i < counts.length() && rank > 0; i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return Math.min(upperEnd(i), max.get());
      }
    }
    return 0;
  }

  private static int bucketOf(long nanos) {
    int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - SUB_BITS - 1);
    return (shift << SUB_BITS) + (int) (nanos >>> shift);
  }

  private static long upperEnd(int bucket) {
    int shift = Math.max(0, (bucket >> SUB_BITS) - 1);
    long lower = (long) (bucket - (shift << SUB_BITS)) << shift;
    return lower + (1L << shift) - 1;
  }
}
