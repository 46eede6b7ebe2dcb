package io.evalstream.statistics.grade;

import java.util.Map;

/**
 * A grade so far, and what can still become of it: each metric may get the letters that its
 * interval reaches, and one without a figure any letter.
 *
 * @param best the best letter that is left
 * @param worst the worst letter that is left
 */
public record Outlook(Grade grade, Letter best, Letter worst) {

  /** By a scale. */
  public static Outlook of(GradeScale scale, Map<GradedMetric, Estimate> estimates) {
    Letter best = scale.best();
    Letter worst = scale.best();
    for (GradedMetric metric : scale.bounds().keySet()) {
      Estimate estimate = estimates.get(metric);
      best =
          worse(
              best, estimate == null ? scale.best() : scale.letter(metric, estimate.best(metric)));
      worst =
          worse(
              worst,
              estimate == null ? scale.worst() : scale.letter(metric, estimate.worst(metric)));
    }
    return new Outlook(scale.gradeOf(estimates), best, worst);
  }

  /** Whether another letter is left than the one there is. */
  public boolean open() {
    return !best.equals(worst);
  }

  private static Letter worse(Letter one, Letter other) {
    return one.rank() >= other.rank() ? one : other;
  }
}
