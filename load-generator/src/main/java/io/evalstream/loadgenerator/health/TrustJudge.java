package io.evalstream.loadgenerator.health;

import io.evalstream.loadgenerator.health.Trust.Cause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges each second and the whole run by the same thresholds. A second is doubtful when its own
 * share is above a threshold, the run when its share is: one bad second of a long run is named and
 * leaves the run's percentiles as they are. Safe for many threads.
 */
public final class TrustJudge {

  private static final int MAX_SECONDS = 100;
  private static final double SHORTEST_SECOND = 0.1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final TrustThresholds thresholds;
  private final Map<Cause, List<Long>> doubtful = new EnumMap<>(Cause.class);
  private final Map<Cause, Long> counts = new EnumMap<>(Cause.class);
  private Second total = new Second(0, 0, 0, 0, 0, 0, 0, 0);
  private long seconds;

  /**
   * What happened in a stretch of about a second.
   *
   * @param nanos its length
   * @param sends requests whose lateness can be told
   * @param lateSends those that were late
   * @param stalledNanos how long an event loop stood still, on average over the loops
   * @param gcNanos time in garbage collection pauses
   * @param chunks chunks that were read
   * @param reads reads that held at least one
   * @param dropped records that could not be published
   */
  public record Second(
      long nanos,
      long sends,
      long lateSends,
      long stalledNanos,
      long gcNanos,
      long chunks,
      long reads,
      long dropped) {

    Second plus(Second other) {
      return new Second(
          nanos + other.nanos,
          sends + other.sends,
          lateSends + other.lateSends,
          stalledNanos + other.stalledNanos,
          gcNanos + other.gcNanos,
          chunks + other.chunks,
          reads + other.reads,
          dropped + other.dropped);
    }
  }

  /** A judge by {@code thresholds}. */
  public TrustJudge(TrustThresholds thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Judges the next second; one that is shorter than a tenth counts for the run only.
   *
   * @return what makes it doubtful
   */
  public synchronized List<Cause> add(Second second) {
    List<Cause> causes = new ArrayList<>();
    if (second.nanos >= SHORTEST_SECOND * NANOS_PER_SECOND) {
      long number = (long) (total.nanos / NANOS_PER_SECOND);
      for (Cause cause : Cause.values()) {
        if (doubtful(cause, second)) {
          causes.add(cause);
          List<Long> numbers = doubtful.computeIfAbsent(cause, key -> new ArrayList<>());
          counts.merge(cause, 1L, Long::sum);
          if (numbers.size() < MAX_SECONDS) {
            numbers.add(number);
          }
        }
      }
      seconds++;
    }
    total = total.plus(second);
    return causes;
  }

  /** The judgement so far. */
  public synchronized Trust trust() {
    List<Trust.Reason> reasons = new ArrayList<>();
    for (Cause cause : Cause.values()) {
      boolean wholeRun = doubtful(cause, total);
      if (wholeRun || doubtful.containsKey(cause)) {
        reasons.add(
            new Trust.Reason(
                cause,
                sentence(cause),
                wholeRun,
                counts.getOrDefault(cause, 0L),
                doubtful.getOrDefault(cause, List.of())));
      }
    }
    return new Trust(seconds, reasons);
  }

  private boolean doubtful(Cause cause, Second second) {
    return switch (cause) {
      case LATE_SENDS -> second.lateSends > thresholds.share() * second.sends;
      case STALLS -> second.stalledNanos > thresholds.share() * second.nanos;
      case GC_PAUSES -> second.gcNanos > thresholds.share() * second.nanos;
      case COALESCED_CHUNKS ->
          second.chunks - second.reads > thresholds.coalescedShare() * second.chunks;
      case DROPPED_RECORDS -> second.dropped > 0;
    };
  }

  private String sentence(Cause cause) {
    return switch (cause) {
      case LATE_SENDS ->
          "%d of %d requests left more than %d ms after they could: send fewer per second, or share"
                  .formatted(total.lateSends, total.sends, thresholds.lateSend().toMillis())
              + " the plan among several generators";
      case STALLS ->
          "Event loops stood still for %s of the time, so chunks are timed late: give the generator"
                  .formatted(percent(total.stalledNanos, total.nanos))
              + " a core of its own, or share the plan among several";
      case GC_PAUSES ->
          "Garbage collection stopped the generator for %s of the time: give it more memory"
              .formatted(percent(total.gcNanos, total.nanos));
      case COALESCED_CHUNKS ->
          "%s of the chunks came in one read with the chunk before: look at the time per token, the"
                  .formatted(percent(total.chunks - total.reads, total.chunks))
              + " inter-chunk latency is that of the reads";
      case DROPPED_RECORDS ->
          "%d records were not published: trust the figures of this result and not those on Kafka"
              .formatted(total.dropped);
    };
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f%%", whole == 0 ? 0 : 100.0 * part / whole);
  }
}
