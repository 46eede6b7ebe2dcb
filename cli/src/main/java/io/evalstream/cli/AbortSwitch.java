package io.evalstream.cli;

import io.evalstream.loadgenerator.LoadGenerator;

/** Stops the load test that runs and keeps further ones from beginning. Safe for many threads. */
final class AbortSwitch {

  private LoadGenerator running;
  private boolean aborted;

  /**
   * Announces a load test.
   *
   * @return whether it may begin
   */
  synchronized boolean begin(LoadGenerator generator) {
    running = generator;
    return !aborted;
  }

  synchronized void abort() {
    aborted = true;
    if (running != null) {
      running.abort();
    }
  }
}
