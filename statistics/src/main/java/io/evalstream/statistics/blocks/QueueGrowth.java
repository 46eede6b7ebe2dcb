package io.evalstream.statistics.blocks;

import java.util.List;

/**
 * Whether a queue grew through a block. From the end of the warm-up to the last arrival the time is
 * cut into three equal parts, and the mean number of requests that have arrived and not ended is
 * taken of each. The queue grew when these means ascend, and the last is above the first by more
 * than {@code 2·√(2n/3)} of the n requests that arrived: the spread that the difference of Poisson
 * arrivals and equally scattered departures would have by chance between the middles of two parts
 * that far apart, twice.
 */
final class QueueGrowth {

  private static final int PARTS = 3;

  private QueueGrowth() {}

  static boolean grew(List<RequestTiming> block) {
    long[] arrived =
        block.stream()
            .filter(r -> !r.warmUp())
            .mapToLong(RequestTiming::arrivedUs)
            .sorted()
            .toArray();
    if (arrived.length < PARTS || arrived[0] == arrived[arrived.length - 1]) {
      return false;
    }
    double from = arrived[0];
    double part = (arrived[arrived.length - 1] - from) / PARTS;
    double[] waiting = new double[PARTS];
    for (RequestTiming request : block) {
      for (int i = 0; i < PARTS; i++) {
        double begin = Math.max(from + i * part, (double) request.arrivedUs());
        double end = Math.min(from + (i + 1) * part, (double) request.endedUs());
        waiting[i] += Math.max(0, end - begin) / part;
      }
    }
    boolean ascends = waiting[0] < waiting[1] && waiting[1] < waiting[2];
    return ascends && waiting[2] - waiting[0] > 2 * Math.sqrt(arrived.length * 2 / 3.0);
  }
}
