package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.plan.PlannedRequest;
import java.util.List;

/**
 * Requests of one server that are sent with nothing else in flight: a block, or a whole run that is
 * not cut into blocks. Its instants are written by the pacer and read when that has ended.
 */
final class Batch {

  private final int server;
  private final List<PlannedRequest> requests;
  private volatile long startNanos;
  private volatile long endNanos;

  /** Requests for the server of that number, by index. */
  Batch(int server, List<PlannedRequest> requests) {
    this.server = server;
    this.requests = requests;
  }

  int server() {
    return server;
  }

  List<PlannedRequest> requests() {
    return requests;
  }

  void started(long nanos) {
    startNanos = nanos;
    endNanos = nanos;
  }

  void ended(long nanos) {
    endNanos = nanos;
  }

  long startNanos() {
    return startNanos;
  }

  long nanos() {
    return endNanos - startNanos;
  }
}
