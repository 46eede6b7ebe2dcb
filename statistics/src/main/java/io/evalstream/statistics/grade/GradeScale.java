package io.evalstream.statistics.grade;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Letters, and the bounds that metrics have for them.
 *
 * @param letters from the best to the worst
 * @param bounds of each metric that is graded, one for every letter but the last, from the
 *     strictest on
 */
public record GradeScale(List<String> letters, Map<GradedMetric, List<Double>> bounds) {

  private static final double MOST_PERCENT = 100;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public GradeScale {
    letters = List.copyOf(letters);
    Map<GradedMetric, List<Double>> copy = new EnumMap<>(GradedMetric.class);
    bounds.forEach((metric, values) -> copy.put(metric, List.copyOf(values)));
    bounds = copy;
    if (letters.size() < 2) {
      throw new IllegalArgumentException("letters has fewer than two: name the best one first");
    }
    if (new HashSet<>(letters).size() < letters.size()) {
      throw new IllegalArgumentException("letters names one of them twice");
    }
    for (Map.Entry<GradedMetric, List<Double>> entry : bounds.entrySet()) {
      check(letters, entry.getKey(), entry.getValue());
    }
  }

  private static void check(List<String> letters, GradedMetric metric, List<Double> bounds) {
    if (bounds.size() != letters.size() - 1) {
      throw new IllegalArgumentException(
          metric.text() + " needs a bound for every letter but the last, " + last(letters));
    }
    for (int i = 0; i < bounds.size(); i++) {
      double bound = bounds.get(i);
      String where = metric.text() + " has " + bound + " for " + letters.get(i);
      if (!(bound >= 0 && bound < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(where + ": give a number from 0 on");
      }
      if (metric.unit() == GradedMetric.Unit.PERCENT && bound > MOST_PERCENT) {
        throw new IllegalArgumentException(where + ": give a percentage, 100 at most");
      }
      if (i > 0 && metric.keeps(bound, bounds.get(i - 1))) {
        throw new IllegalArgumentException(
            where + ", which is as strict as its bound for " + letters.get(i - 1));
      }
    }
  }

  private static String last(List<String> letters) {
    return letters.get(letters.size() - 1);
  }

  /**
   * Grades.
   *
   * @param figures what was measured; a metric without a finite figure here counts as not measured
   */
  public Grade grade(Map<GradedMetric, Double> figures) {
    List<MetricGrade> metrics = new ArrayList<>();
    List<GradedMetric> withoutFigure = new ArrayList<>();
    int worst = -1;
    for (GradedMetric metric : bounds.keySet()) {
      double figure = figures.getOrDefault(metric, Double.NaN);
      if (!Double.isFinite(figure)) {
        withoutFigure.add(metric);
        continue;
      }
      MetricGrade grade = grade(metric, figure);
      worst = Math.max(worst, grade.letter().rank());
      metrics.add(grade);
    }
    return new Grade(worst < 0 ? null : letter(worst), metrics, withoutFigure);
  }

  /** Grades figures of which more is known. */
  Grade gradeOf(Map<GradedMetric, Estimate> estimates) {
    Map<GradedMetric, Double> figures = new EnumMap<>(GradedMetric.class);
    estimates.forEach((metric, estimate) -> figures.put(metric, estimate.figure()));
    return grade(figures);
  }

  /** What a metric with bounds gets for a figure, which may be infinite. */
  Letter letter(GradedMetric metric, double figure) {
    List<Double> limits = bounds.get(metric);
    int rank = 0;
    while (rank < limits.size() && !metric.keeps(figure, limits.get(rank))) {
      rank++;
    }
    return letter(rank);
  }

  Letter best() {
    return letter(0);
  }

  Letter worst() {
    return letter(letters.size() - 1);
  }

  private MetricGrade grade(GradedMetric metric, double figure) {
    List<Double> limits = bounds.get(metric);
    int rank = letter(metric, figure).rank();
    return rank == 0
        ? new MetricGrade(metric, figure, letter(0), null, Double.NaN)
        : new MetricGrade(metric, figure, letter(rank), letter(rank - 1), limits.get(rank - 1));
  }

  private Letter letter(int rank) {
    return new Letter(letters.get(rank), rank);
  }
}
