package io.evalstream.jobs.grade;

import io.evalstream.events.RunPlan;
import io.evalstream.jobs.lifecycle.RunClosed;

/**
 * What has become of a run.
 *
 * @param plan what it is going to do; null when this says that it is closed
 */
public record RunNews(String runId, RunPlan plan) {

  /** A run was planned. */
  public static RunNews planned(RunPlan plan) {
    return new RunNews(plan.runId(), plan);
  }

  /** A run is closed. */
  public static RunNews closed(RunClosed closed) {
    return new RunNews(closed.runId(), null);
  }
}
