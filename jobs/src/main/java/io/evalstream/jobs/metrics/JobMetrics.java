package io.evalstream.jobs.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The names under which the jobs' own metrics stand beside Flink's. */
public final class JobMetrics {

  private static final String GROUP = "evalstream";

  private JobMetrics() {}

  /** The group of an operator's own metrics. */
  public static MetricGroup of(MetricGroup operator) {
    return operator.addGroup(GROUP);
  }

  /** Counts an operator's dead letters of one code. */
  public static Counter deadLetters(MetricGroup operator, String code) {
    return of(operator).addGroup("code", code).counter("dead_letters");
  }
}
