package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.measure.TokenExchange;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the requests of a plan when they are due, on a thread of its own. The schedule is absolute:
 * being late once delays nothing that comes after. The thread parks until shortly before and spins
 * for the rest.
 */
final class Pacer implements Runnable {

  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long DRAIN_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<Batch> batches;
  private final boolean timed;
  private final boolean capped;
  private final long startNanos;
  private final Slots slots;
  private final Dispatcher dispatcher;

  /** Takes requests that are due. */
  interface Dispatcher {

    /** Does, ahead of time, what can be done ahead of time. */
    Prepared prepare(int server, PlannedRequest request);
  }

  /** A request that only has to be sent. */
  interface Prepared {

    /**
     * Sends it.
     *
     * @param scheduledNanos the intended start
     * @param readyNanos since when nothing but the generator holds it back; {@link
     *     TokenExchange#NOT_TOLD} in a burst, where nothing has a time of its own: without limit
     *     and rate, and when a closed loop is filled
     */
    void send(long scheduledNanos, long readyNanos);
  }

  /**
   * A pacer.
   *
   * @param batches one after another, each when nothing of the one before is in flight
   * @param timed whether requests have times of their own
   * @param capped whether the number in flight is limited
   */
  Pacer(
      List<Batch> batches,
      boolean timed,
      boolean capped,
      long startNanos,
      Slots slots,
      Dispatcher dispatcher) {
    this.batches = batches;
    this.timed = timed;
    this.capped = capped;
    this.startNanos = startNanos;
    this.slots = slots;
    this.dispatcher = dispatcher;
  }

  /** Returns when everything has ended, or when its thread was interrupted. */
  @Override
  public void run() {
    try {
      long start = startNanos;
      for (Batch batch : batches) {
        slots.restart(start);
        batch.started(start);
        send(batch, start);
        while (!slots.awaitIdle(DRAIN_LOOK_NANOS)) {
          // an interrupt ends the waiting
        }
        batch.ended(slots.lastReleaseNanos());
        start = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Batch batch, long start) throws InterruptedException {
    for (PlannedRequest request : batch.requests()) {
      if (!request.starts()) {
        continue;
      }
      Prepared prepared = dispatcher.prepare(batch.server(), request);
      long due = start + request.offsetNanos();
      awaitInstant(due);
      long freeSince = slots.acquire();
      prepared.send(timed || !capped ? due : freeSince, ready(start, due, freeSince));
    }
  }

  private long ready(long start, long due, long freeSince) {
    boolean burst = !timed && (!capped || freeSince == start);
    if (burst) {
      return TokenExchange.NOT_TOLD;
    }
    return capped && freeSince - due > 0 ? freeSince : due;
  }

  private static void awaitInstant(long due) throws InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = due - System.nanoTime();
      if (left <= 0) {
        return;
      }
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
