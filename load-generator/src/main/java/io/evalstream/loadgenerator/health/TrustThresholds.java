package io.evalstream.loadgenerator.health;

import java.time.Duration;

/**
 * From where on a generator's own trouble makes its figures doubtful. The idea is one: what touches
 * less than one value in a hundred cannot move a percentile up to the 99th.
 *
 * @param lateSend a request that leaves so much later than it could is late. 10 ms by default: a
 *     fifth of a time to first token of 50 ms, and far above the 0.2 ms that a healthy pacer needs
 * @param stall an event loop that stands still for so long stalls. 5 ms by default: half of the 10
 *     ms between tokens of a fast server
 * @param share the part of the requests that may be late, and of the time that event loops may
 *     stall or garbage be collected. 0.01 by default
 * @param coalescedShare the part of the chunks that may come in one read with the chunk before. 0.2
 *     by default: then the other gaps are a quarter too long on average
 */
public record TrustThresholds(
    Duration lateSend, Duration stall, double share, double coalescedShare) {

  /** 10 ms, 5 ms, 1% and 20%. */
  public static final TrustThresholds DEFAULT =
      new TrustThresholds(Duration.ofMillis(10), Duration.ofMillis(5), 0.01, 0.2);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public TrustThresholds {
    positive("trust-late-send", lateSend);
    positive("trust-stall", stall);
    share("trust-share", share);
    share("trust-coalesced-share", coalescedShare);
  }

  private static void positive(String name, Duration value) {
    if (value == null || value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " is " + value + ": give a time above 0");
    }
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number from 0 to 1");
    }
  }
}
