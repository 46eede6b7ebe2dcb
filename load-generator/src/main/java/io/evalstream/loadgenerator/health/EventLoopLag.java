package io.evalstream.loadgenerator.health;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How late tasks scheduled on the event loops ran. Safe for many threads. */
public final class EventLoopLag {

  private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);
  private final LongAdder stalledNanos = new LongAdder();
  private final long stallNanos;
  private final int loops;

  /**
   * Of so many loops.
   *
   * @param stall lateness from which on a loop counts as standing still
   */
  public EventLoopLag(Duration stall, int loops) {
    this.stallNanos = stall.toNanos();
    this.loops = loops;
  }

  /** A task ran so much later than it was scheduled for. */
  public void add(long lagNanos) {
    maxNanos.accumulate(lagNanos);
    if (lagNanos > stallNanos) {
      stalledNanos.add(lagNanos);
    }
  }

  /** The largest since the look before, in microseconds. */
  long takeUs() {
    return maxNanos.getThenReset() / 1000;
  }

  /** How long a loop stood still since the look before, on average over the loops. */
  long takeStalledNanos() {
    return stalledNanos.sumThenReset() / loops;
  }
}
