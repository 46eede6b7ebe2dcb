package io.evalstream.statistics.verdict;

/** Why a metric or a run was not decided, or did not pass. */
public enum Reason {
  /** The evidence so far, or all of it, does not suffice. */
  NOT_ENOUGH_EVIDENCE("not_enough_evidence"),
  /** The plan has fewer items or blocks than a decision needs. */
  TOO_FEW_PLANNED("too_few_planned"),
  /** A score was outside 0 to 1, not a number, or neither 0 nor 1 where it had to be. */
  INVALID_SCORES("invalid_scores"),
  /** Blocks in which a queue grew were left out. */
  SATURATED("saturated"),
  /** Blocks with too few requests were left out. */
  SMALL_BLOCKS("small_blocks"),
  /** There are fewer baseline runs than say how far runs differ, so a finding is only advice. */
  ADVISORY("advisory"),
  /** A metric that was planned has no evidence. */
  MISSING_METRIC("missing_metric"),
  NO_BASELINE("no_baseline"),
  OTHER_TASK_VERSION("other_task_version"),
  OTHER_ENVIRONMENT("other_environment"),
  PLAN_CHANGED("plan_changed"),
  DUPLICATE_RUNNERS("duplicate_runners"),
  UNTRUSTED_RUN("untrusted_run");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** Its name in records and message bundles. */
  public String text() {
    return text;
  }

  /** Whether nothing can be said at all where it holds. */
  boolean notComparable() {
    return compareTo(NO_BASELINE) >= 0;
  }

  /** Whether nothing can pass where it holds. */
  boolean blocksPass() {
    return this != NOT_ENOUGH_EVIDENCE;
  }
}
