package io.evalstream.loadgenerator.measure;

import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps when each request began and ended, in primitive arrays, and finds the steady state by the
 * rule of {@link SteadyState}. Instants are microseconds. Not safe for many threads.
 */
final class SteadyStateFinder {

  private static final int PARTS = 100;
  private static final int FEWEST_PARTS = 10;
  private static final long SHORTEST_PART_US = 50_000;
  private static final double TOLERANCE = 0.05;
  private static final double US_PER_SECOND = 1e6;
  private static final long FAILED = -1;

  private long[] sentUs = new long[256];
  private long[] endedUs = new long[256];
  private long[] firstUs = new long[256];
  private long[] tokens = new long[256];
  private long[] gapsFrom = new long[256];
  private int[] gaps = new int[256];
  private int count;

  /** A request that failed after it was sent. */
  void failed(long sent, long ended) {
    add(sent, ended, 0, FAILED, 0, 0);
  }

  /**
   * A request that ended well.
   *
   * @param firstGap where its gaps begin among all of them
   */
  void succeeded(long sent, long first, long last, long generated, long firstGap, int gapCount) {
    add(sent, last, first, generated, firstGap, gapCount);
  }

  /** The steady state of a run; empty when it is too short to have one. */
  Optional<SteadyState> find(long startUs, long endUs, Samples itl) {
    int parts = (int) Math.min(PARTS, (endUs - startUs) / SHORTEST_PART_US);
    if (parts < FEWEST_PARTS) {
      return Optional.empty();
    }
    double partUs = (double) (endUs - startUs) / parts;
    double[] inFlight = inFlight(startUs, partUs, parts);
    double[] sorted = inFlight.clone();
    Arrays.sort(sorted);
    double plateau = sorted[parts / 2];
    if (plateau <= 0) {
      return Optional.empty();
    }
    int first = 0;
    while (inFlight[first] < plateau * (1 - TOLERANCE)) {
      first++;
    }
    int last = parts - 1;
    while (inFlight[last] < plateau * (1 - TOLERANCE)) {
      last--;
    }
    int within = 0;
    for (int i = first; i <= last; i++) {
      if (Math.abs(inFlight[i] - plateau) <= plateau * TOLERANCE) {
        within++;
      }
    }
    double from = first * partUs;
    double to = (last + 1) * partUs;
    return Optional.of(
        figures(startUs, from, to, plateau, (double) within / (last + 1 - first), itl));
  }

  private SteadyState figures(
      long startUs, double from, double to, double plateau, double withinShare, Samples itl) {
    Samples ttft = new Samples();
    Samples tpot = new Samples();
    Samples gapsInside = new Samples();
    Samples e2el = new Samples();
    long requests = 0;
    long ended = 0;
    long generated = 0;
    for (int i = 0; i < count; i++) {
      double end = endedUs[i] - startUs;
      if (tokens[i] == FAILED || end < from || end > to) {
        continue;
      }
      ended++;
      generated += tokens[i];
      if (sentUs[i] - startUs < from) {
        continue;
      }
      requests++;
      ttft.add(firstUs[i] - sentUs[i]);
      e2el.add(endedUs[i] - sentUs[i]);
      if (tokens[i] > 1) {
        tpot.add((double) (endedUs[i] - firstUs[i]) / (tokens[i] - 1));
      }
      for (int g = 0; g < gaps[i]; g++) {
        gapsInside.add(itl.get(gapsFrom[i] + g));
      }
    }
    double seconds = (to - from) / US_PER_SECOND;
    return new SteadyState(
        from / US_PER_SECOND,
        to / US_PER_SECOND,
        plateau,
        withinShare,
        requests,
        ended / seconds,
        generated / seconds,
        ttft.distribution(),
        tpot.distribution(),
        gapsInside.distribution(),
        e2el.distribution());
  }

  /** The mean number in flight in each part. */
  private double[] inFlight(long startUs, double partUs, int parts) {
    double[] partial = new double[parts];
    int[] whole = new int[parts + 1];
    for (int i = 0; i < count; i++) {
      double from = Math.max(0, (sentUs[i] - startUs) / partUs);
      double to = Math.min(parts, (endedUs[i] - startUs) / partUs);
      if (to <= from) {
        continue;
      }
      int first = (int) from;
      int last = Math.min((int) to, parts - 1);
      if (first == last) {
        partial[first] += to - from;
        continue;
      }
      partial[first] += first + 1 - from;
      partial[last] += to - last;
      whole[first + 1]++;
      whole[last]--;
    }
    int running = 0;
    for (int i = 0; i < parts; i++) {
      running += whole[i];
      partial[i] += running;
    }
    return partial;
  }

  private void add(long sent, long ended, long first, long generated, long firstGap, int gapCount) {
    if (count == sentUs.length) {
      int size = count * 2;
      sentUs = Arrays.copyOf(sentUs, size);
      endedUs = Arrays.copyOf(endedUs, size);
      firstUs = Arrays.copyOf(firstUs, size);
      tokens = Arrays.copyOf(tokens, size);
      gapsFrom = Arrays.copyOf(gapsFrom, size);
      gaps = Arrays.copyOf(gaps, size);
    }
    sentUs[count] = sent;
    endedUs[count] = ended;
    firstUs[count] = first;
    tokens[count] = generated;
    gapsFrom[count] = firstGap;
    gaps[count] = gapCount;
    count++;
  }
}
