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

  private final List<PlannedRequest> plan;
  private final boolean timed;
  private final boolean capped;
  private final long startNanos;
  private final Slots slots;
  private final Dispatcher dispatcher;

  /** Takes requests that are due. */
  interface Dispatcher {

    /** Does, ahead of time, what can be done ahead of time. */
    Prepared prepare(PlannedRequest request);
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
   * @param timed whether requests have times of their own
   * @param capped whether the number in flight is limited
   */
  Pacer(
      List<PlannedRequest> plan,
      boolean timed,
      boolean capped,
      long startNanos,
      Slots slots,
      Dispatcher dispatcher) {
    this.plan = plan;
    this.timed = timed;
    this.capped = capped;
    this.startNanos = startNanos;
    this.slots = slots;
    this.dispatcher = dispatcher;
  }

  /** Returns when everything was sent, or when its thread was interrupted. */
  @Override
  public void run() {
    try {
      for (PlannedRequest request : plan) {
        Prepared prepared = dispatcher.prepare(request);
        long due = startNanos + request.offsetNanos();
        awaitInstant(due);
        long freeSince = slots.acquire();
        prepared.send(timed || !capped ? due : freeSince, ready(due, freeSince));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long ready(long due, long freeSince) {
    boolean burst = !timed && (!capped || freeSince == startNanos);
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
