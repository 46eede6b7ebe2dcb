package io.evalstream.jobs.grade;

import io.evalstream.events.Metric;
import io.evalstream.jobs.latency.WindowPartial;

/**
 * From the first intended start to the last end of the requests that have ended.
 *
 * @param startUs the largest long before any
 * @param endUs the smallest long before any
 * @param inputs values that it was taken from
 */
public record RunSpan(long startUs, long endUs, long inputs) {

  static final RunSpan EMPTY = new RunSpan(Long.MAX_VALUE, Long.MIN_VALUE, 0);

  /** With a part of {@link Metric#ARRIVALS} or {@link Metric#ENDS}. */
  RunSpan plus(WindowPartial part) {
    long windowStart = part.window().startUs();
    boolean arrivals = part.window().metric().equals(Metric.ARRIVALS.text());
    return new RunSpan(
        arrivals ? Math.min(startUs, windowStart + part.sketch().min()) : startUs,
        arrivals ? endUs : Math.max(endUs, windowStart + part.sketch().max()),
        inputs + part.sketch().count());
  }

  /** Its length; 0 before any request has ended. */
  double seconds() {
    return endUs > startUs && startUs != Long.MAX_VALUE && endUs != Long.MIN_VALUE
        ? (endUs - startUs) / 1e6
        : 0;
  }
}
