package io.evalstream.jobs.grade;

import io.evalstream.events.RunPlan;
import io.evalstream.jobs.lifecycle.RunSignal;

/**
 * What has become of a run: one of two things.
 *
 * @param plan what it is going to do; null when there is a signal
 * @param signal what there is to know of it; null when there is a plan
 */
public record RunNews(String runId, RunPlan plan, RunSignal.Kind signal) {

  /** A run was planned. */
  public static RunNews planned(RunPlan plan) {
    return new RunNews(plan.runId(), plan, null);
  }

  /** There is something to know of a run. */
  public static RunNews of(RunSignal signal) {
    return new RunNews(signal.runId(), null, signal.kind());
  }
}
