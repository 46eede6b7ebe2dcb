package io.evalstream.simulator;

/**
 * What goes wrong on purpose.
 *
 * @param failureRate fraction of requests refused before any answer
 * @param failureStatus HTTP status of those refusals, 400 to 599
 * @param cutRate fraction of requests whose connection is closed in the middle of the answer
 * @param garbageRate fraction of requests with one malformed event in the middle of the stream (or,
 *     without streaming, a body that ends too early)
 * @param stallRate fraction of the gaps between chunks that last {@code stallNanos} longer
 * @param stallNanos length of a stall in nanoseconds
 */
public record Faults(
    double failureRate,
    int failureStatus,
    double cutRate,
    double garbageRate,
    double stallRate,
    long stallNanos) {

  public Faults {
    requireFraction("failure-injection-rate", failureRate);
    requireFraction("cut-rate", cutRate);
    requireFraction("garbage-rate", garbageRate);
    requireFraction("stall-rate", stallRate);
    if (failureStatus < 400 || failureStatus > 599) {
      throw new IllegalArgumentException(
          "failure-status is " + failureStatus + "; give an HTTP status from 400 to 599");
    }
    if (stallNanos < 0) {
      throw new IllegalArgumentException(
          "stall-duration is negative; give 0 or a duration such as 200ms");
    }
  }

  private static void requireFraction(String item, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          item + " is " + value + "; give a fraction between 0 and 1");
    }
  }
}
