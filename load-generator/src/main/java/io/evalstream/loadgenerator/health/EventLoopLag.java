package io.evalstream.loadgenerator.health;

import java.util.concurrent.atomic.LongAccumulator;

/** The largest lateness of a task scheduled on an event loop. Safe for many threads. */
public final class EventLoopLag {

  private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

  /** A task ran so much later than it was scheduled for. */
  public void add(long lagNanos) {
    maxNanos.accumulate(lagNanos);
  }

  /** The largest since the look before, in microseconds. */
  long takeUs() {
    return maxNanos.getThenReset() / 1000;
  }
}
