package io.evalstream.statistics.grade;

import io.evalstream.statistics.distribution.Interval;

/**
 * A figure so far.
 *
 * @param interval where the figure would be with values without end
 */
public record Estimate(double figure, Interval interval) {

  /** The end of the interval that gives the better letter. */
  double best(GradedMetric metric) {
    return metric.moreIsBetter() ? interval.upper() : interval.lower();
  }

  /** The end of the interval that gives the worse letter. */
  double worst(GradedMetric metric) {
    return metric.moreIsBetter() ? interval.lower() : interval.upper();
  }
}
