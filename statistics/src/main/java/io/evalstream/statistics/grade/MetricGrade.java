package io.evalstream.statistics.grade;

/**
 * What one metric gets.
 *
 * @param better the letter above, that was missed; null when there is none
 * @param missedBound what the figure would have to keep for it; NaN when there is none
 */
public record MetricGrade(
    GradedMetric metric, double figure, Letter letter, Letter better, double missedBound) {}
