package io.evalstream.jobs.lifecycle;

/** What whoever publishes a run's results must know of the run. */
public record RunSignal(String runId, Kind kind) {

  /** What there is to know. */
  public enum Kind {
    /** All that the run's producers had sent before the job started has been counted. */
    RELEASED,
    /** Not so: what would be published could replace right rows by wrong ones. */
    WITHHELD,
    /** Every producer has finished or is lost. */
    CLOSED
  }

  /** The run is closed. */
  public static RunSignal of(RunClosed closed) {
    return new RunSignal(closed.runId(), Kind.CLOSED);
  }
}
