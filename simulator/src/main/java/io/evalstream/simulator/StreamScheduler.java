package io.evalstream.simulator;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the responses of one event loop when they are due: one heap of responses, not of chunks,
 * and one wake-up for the earliest. To be used on that event loop only.
 */
final class StreamScheduler {
  /** An instant before all others; differences to it compare as System.nanoTime asks for. */
  private static final long EPOCH = System.nanoTime();

  /** Turns after which the event loop gets to read from its sockets. */
  private static final int TURNS_AT_ONCE = 128;

  private final EventLoop loop;
  private final Runnable wake = this::wake;
  private final PriorityQueue<TimedResponse> sleeping =
      new PriorityQueue<>(
          256, Comparator.comparingLong((TimedResponse response) -> response.dueNanos() - EPOCH));
  private final ArrayDeque<TimedResponse> ready = new ArrayDeque<>();
  private Future<?> wakeUp;
  private long wakeUpNanos;
  private boolean turnsQueued;

  StreamScheduler(EventLoop loop) {
    this.loop = loop;
  }

  /** Gives the response a turn at its due time. */
  void add(TimedResponse response) {
    sleeping.add(response);
    arm();
  }

  void remove(TimedResponse response) {
    if (!sleeping.remove(response)) {
      ready.remove(response);
    }
  }

  private void wake() {
    wakeUp = null;
    takeTurns();
  }

  private void takeTurns() {
    turnsQueued = false;
    for (int left = Math.min(ready.size(), TURNS_AT_ONCE); left > 0; left--) {
      takeTurn(ready.poll());
    }
    int left = TURNS_AT_ONCE;
    while (left-- > 0 && isDue(sleeping.peek())) {
      takeTurn(sleeping.poll());
    }
    arm();
  }

  private void takeTurn(TimedResponse response) {
    if (response == null) {
      return;
    }
    TimedResponse.Next next = response.takeTurn();
    if (response.hasEnded()) {
      return;
    }
    switch (next) {
      case DUE_TIME -> sleeping.add(response);
      case TURN -> ready.add(response);
      case READER, NOTHING -> {}
    }
  }

  private static boolean isDue(TimedResponse response) {
    return response != null && response.dueNanos() - System.nanoTime() <= 0;
  }

  private void arm() {
    TimedResponse earliest = sleeping.peek();
    if (!ready.isEmpty() || isDue(earliest)) {
      if (!turnsQueued) {
        turnsQueued = true;
        loop.execute(this::takeTurns);
      }
      return;
    }
    if (earliest == null || (wakeUp != null && wakeUpNanos - earliest.dueNanos() <= 0)) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    wakeUpNanos = earliest.dueNanos();
    wakeUp = loop.schedule(wake, wakeUpNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
