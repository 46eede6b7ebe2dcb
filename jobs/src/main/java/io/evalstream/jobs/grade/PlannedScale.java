package io.evalstream.jobs.grade;

import io.evalstream.events.RunPlan;
import io.evalstream.statistics.grade.GradeScale;
import io.evalstream.statistics.grade.GradedMetric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The scale that a plan carries. */
final class PlannedScale {

  private PlannedScale() {}

  /**
   * Reads it; metrics of unknown name are left out.
   *
   * @throws IllegalArgumentException naming what is wrong with it
   */
  static GradeScale of(RunPlan.Slo slo) {
    Map<GradedMetric, List<Double>> bounds = new EnumMap<>(GradedMetric.class);
    for (RunPlan.Bounds given : slo.bounds()) {
      GradedMetric.named(given.metric()).ifPresent(metric -> bounds.put(metric, given.limits()));
    }
    return new GradeScale(slo.letters(), bounds);
  }
}
