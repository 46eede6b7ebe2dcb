package io.evalstream.loadgenerator.health;

import java.util.List;
import java.util.Locale;

/**
 * Whether a run's figures are those of the server, or of the generator that took them.
 *
 * @param seconds seconds that were looked at
 * @param reasons what was wrong, if only for a second; empty when nothing was
 */
public record Trust(long seconds, List<Reason> reasons) {

  /** Nothing was looked at, and nothing is wrong. */
  public static final Trust UNKNOWN = new Trust(0, List.of());

  /** Takes a copy. */
  public Trust {
    reasons = List.copyOf(reasons);
  }

  /** What can be wrong. */
  public enum Cause {
    /** Requests left later than they could. */
    LATE_SENDS,
    /** Event loops stood still: chunks that came meanwhile are timed late. */
    STALLS,
    /** The JVM paused. */
    GC_PAUSES,
    /** Chunks came several to a read: the gaps between them are not the server's. */
    COALESCED_CHUNKS,
    /** Records were not published. */
    DROPPED_RECORDS;

    /** The form on the wire and in ClickHouse. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that was wrong.
   *
   * @param sentence what and what to do, about the whole run
   * @param wholeRun whether it makes the run's own percentiles doubtful, and not only those of the
   *     seconds it concerns
   * @param concerned how many seconds it concerns
   * @param firstSeconds the first hundred of them, counted from 0 at the run's start
   */
  public record Reason(
      Cause cause, String sentence, boolean wholeRun, long concerned, List<Long> firstSeconds) {

    /** Takes a copy. */
    public Reason {
      firstSeconds = List.copyOf(firstSeconds);
    }
  }

  /** Why the percentiles of the whole run do not hold; empty when they do. */
  public List<String> doubts() {
    return reasons.stream().filter(Reason::wholeRun).map(Reason::sentence).toList();
  }

  /** Whether the percentiles of the whole run hold. */
  public boolean trusted() {
    return doubts().isEmpty();
  }
}
