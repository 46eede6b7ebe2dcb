package io.evalstream.loadgenerator;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The requests in flight, of which there may be only so many. Remembers when each slot became free,
 * because in a closed loop that is when the next request ought to be sent. Safe for many threads.
 */
final class Slots {

  private final int limit;
  private final long[] freedNanos;
  private int nextFreed;
  private int freed;
  private int running;
  private long lastReleaseNanos;

  /** All slots are free since {@code startNanos}; {@code limit} null is no limit. */
  Slots(Integer limit, int planned, long startNanos) {
    this.limit = limit == null ? planned : Math.min(limit, planned);
    freedNanos = new long[this.limit];
    Arrays.fill(freedNanos, startNanos);
    freed = this.limit;
    lastReleaseNanos = startNanos;
  }

  /**
   * Waits for a free slot and takes it.
   *
   * @return when it became free
   */
  synchronized long acquire() throws InterruptedException {
    while (freed == 0) {
      wait();
    }
    long since = freedNanos[nextFreed];
    nextFreed = (nextFreed + 1) % limit;
    freed--;
    running++;
    return since;
  }

  /** All slots, of which none is taken, count as free from now on. */
  synchronized void restart(long nanos) {
    Arrays.fill(freedNanos, nanos);
  }

  /** Gives a slot back. */
  synchronized void release(long nanos) {
    freedNanos[(nextFreed + freed) % limit] = nanos;
    freed++;
    running--;
    lastReleaseNanos = nanos;
    notifyAll();
  }

  /** Slots that are taken. */
  synchronized int running() {
    return running;
  }

  /** When a slot was given back last. */
  synchronized long lastReleaseNanos() {
    return lastReleaseNanos;
  }

  /**
   * Waits until no slot is taken.
   *
   * @return whether that is so, within the limit
   */
  synchronized boolean awaitIdle(long limitNanos) throws InterruptedException {
    long deadline = System.nanoTime() + limitNanos;
    while (running > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
