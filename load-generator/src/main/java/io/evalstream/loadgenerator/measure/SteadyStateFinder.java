package io.evalstream.loadgenerator.measure;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the steady state of a run by the rule of {@link SteadyState}. Instants are microseconds.
 */
final class SteadyStateFinder {

  private static final int FEWEST_PARTS = 10;
  private static final double TOLERANCE = 0.05;
  private static final double US_PER_SECOND = 1e6;

  private final RequestTimes requests;
  private final GapsOverTime gaps;
  private final long startUs;
  private final long lengthUs;
  private final double partUs;

  /** Of a run with those requests and gaps. */
  SteadyStateFinder(RequestTimes requests, GapsOverTime gaps, long startUs, long endUs) {
    this.requests = requests;
    this.gaps = gaps;
    this.startUs = startUs;
    this.lengthUs = endUs - startUs;
    gaps.reach(endUs);
    this.partUs = (double) gaps.partUs();
  }

  /** The steady state; empty when the run is too short to have one. */
  Optional<SteadyState> find() {
    int parts = (int) Math.ceil(lengthUs / partUs);
    if (parts < FEWEST_PARTS) {
      return Optional.empty();
    }
    double[] inFlight = inFlight(parts);
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
    return Optional.of(figures(first, last, plateau, (double) within / (last + 1 - first)));
  }

  private SteadyState figures(int first, int last, double plateau, double withinShare) {
    double from = first * partUs;
    double to = Math.min((last + 1) * partUs, (double) lengthUs);
    Samples ttft = new Samples();
    Samples tpot = new Samples();
    Samples e2el = new Samples();
    long inside = 0;
    long ended = 0;
    long generated = 0;
    for (int i = 0; i < requests.count(); i++) {
      double end = (double) (requests.endedUs(i) - startUs);
      if (!requests.ok(i) || end < from || end > to) {
        continue;
      }
      long tokens = requests.tokens(i);
      ended++;
      generated += tokens;
      if (requests.sentUs(i) - startUs < from) {
        continue;
      }
      inside++;
      ttft.add(requests.firstUs(i) - requests.sentUs(i));
      e2el.add(requests.endedUs(i) - requests.sentUs(i));
      if (tokens > 1) {
        tpot.add((double) (requests.endedUs(i) - requests.firstUs(i)) / (tokens - 1));
      }
    }
    double seconds = (to - from) / US_PER_SECOND;
    return new SteadyState(
        from / US_PER_SECOND,
        to / US_PER_SECOND,
        plateau,
        withinShare,
        inside,
        ended / seconds,
        generated / seconds,
        ttft.distribution(),
        tpot.distribution(),
        gaps.between(first, last),
        e2el.distribution());
  }

  /** The mean number in flight in each part, of which the last may be shorter. */
  private double[] inFlight(int parts) {
    double[] partial = new double[parts];
    int[] whole = new int[parts + 1];
    double length = lengthUs / partUs;
    for (int i = 0; i < requests.count(); i++) {
      double from = Math.max(0, (requests.sentUs(i) - startUs) / partUs);
      double to = Math.min(length, (requests.endedUs(i) - startUs) / partUs);
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
    partial[parts - 1] /= length - (parts - 1);
    return partial;
  }
}
