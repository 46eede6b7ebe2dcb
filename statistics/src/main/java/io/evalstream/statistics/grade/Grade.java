package io.evalstream.statistics.grade;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run or a scenario gets.
 *
 * @param letter the worst of its metrics'; null when no metric has a figure
 * @param metrics what each metric gets that has a figure
 * @param withoutFigure metrics that have bounds and no figure
 */
public record Grade(Letter letter, List<MetricGrade> metrics, List<GradedMetric> withoutFigure) {

  /** Takes copies. */
  public Grade {
    metrics = List.copyOf(metrics);
    withoutFigure = List.copyOf(withoutFigure);
  }

  /** The metrics that decide: those with the worst letter. None when that is the best there is. */
  public List<MetricGrade> decisive() {
    return metrics.stream()
        .filter(metric -> metric.better() != null && metric.letter().equals(letter))
        .toList();
  }

  /** The metrics that missed a better letter. */
  public List<MetricGrade> missed() {
    return metrics.stream().filter(metric -> metric.better() != null).toList();
  }

  /** The worst letter of grades of one scale; empty when none has a letter. */
  public static Optional<Letter> worst(Collection<Grade> grades) {
    return grades.stream()
        .map(Grade::letter)
        .filter(Objects::nonNull)
        .max(Comparator.comparingInt(Letter::rank));
  }
}
