package io.evalstream.loadgenerator.measure;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Turns {@link System#nanoTime} into microseconds since the epoch: the wall clock is read once, and
 * what elapsed since then is monotonic. A wall clock that is set during a run changes nothing.
 *
 * @param anchorUs wall clock at the anchor, microseconds since the epoch
 * @param anchorNanos {@link System#nanoTime} at the anchor
 */
public record RunClock(long anchorUs, long anchorNanos) {

  /** A clock anchored now. */
  public static RunClock start() {
    long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    return new RunClock(nowUs, System.nanoTime());
  }

  /** The instant in microseconds since the epoch. */
  public long wallUs(long nanos) {
    return anchorUs + Math.floorDiv(nanos - anchorNanos, 1000L);
  }

  /** The instant in the measure of {@link System#nanoTime}. */
  public long nanos(Instant instant) {
    return anchorNanos + (ChronoUnit.MICROS.between(Instant.EPOCH, instant) - anchorUs) * 1000;
  }

  /** This instant in microseconds since the epoch. */
  public long nowUs() {
    return wallUs(System.nanoTime());
  }
}
