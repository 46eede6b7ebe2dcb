package io.evalstream.simulator;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** A Prometheus histogram of durations with fixed bounds. Thread-safe. */
final class Histogram {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] boundsSeconds;
  private final long[] boundsNanos;
  private final AtomicLongArray counts;
  private final LongAdder sumNanos = new LongAdder();

  /**
   * An empty histogram.
   *
   * @param boundsSeconds ascending upper bounds in seconds, each belonging to its bucket
   */
  Histogram(double... boundsSeconds) {
    this.boundsSeconds = boundsSeconds.clone();
    this.boundsNanos =
        Arrays.stream(boundsSeconds)
            .mapToLong(seconds -> Math.round(seconds * NANOS_PER_SECOND))
            .toArray();
    this.counts = new AtomicLongArray(boundsSeconds.length + 1);
  }

  void record(long nanos) {
    int place = Arrays.binarySearch(boundsNanos, nanos);
    counts.getAndIncrement(place >= 0 ? place : -place - 1);
    sumNanos.add(nanos);
  }

  /** Appends the samples in Prometheus' text format. */
  void render(StringBuilder out, String name, String labels) {
    long cumulative = 0;
    for (int i = 0; i < counts.length(); i++) {
      cumulative += counts.get(i);
      String bound = i < boundsSeconds.length ? Double.toString(boundsSeconds[i]) : "+Inf";
      out.append(name).append("_bucket{").append(labels).append(",le=\"").append(bound);
      out.append("\"} ").append(cumulative).append('\n');
    }
    out.append(name).append("_count{").append(labels).append("} ").append(cumulative).append('\n');
    out.append(name).append("_sum{").append(labels).append("} ");
    out.append(sumNanos.sum() / NANOS_PER_SECOND).append('\n');
  }
}
