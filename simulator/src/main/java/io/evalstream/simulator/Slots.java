package io.evalstream.simulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** The places of running requests, {@code max-num-seqs}, and the queue before them. Thread-safe. */
final class Slots {
  private final int size;
  private final Deque<TimedResponse> waiting = new ArrayDeque<>();
  private int running;

  Slots(int size) {
    this.size = size;
  }

  /** Takes a slot, at once or when those before have left; {@code admitted} is called then. */
  void acquire(TimedResponse response) {
    synchronized (this) {
      if (running == size) {
        waiting.add(response);
        return;
      }
      running++;
    }
    response.admitted(System.nanoTime());
  }

  /** Gives up the place in the queue; false if the response has a slot by now. */
  synchronized boolean leaveQueue(TimedResponse response) {
    return waiting.remove(response);
  }

  /** Gives up a slot; the first of the queue gets it. */
  void release() {
    TimedResponse next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      next.admitted(System.nanoTime());
    }
  }

  synchronized int running() {
    return running;
  }

  synchronized int waiting() {
    return waiting.size();
  }
}
