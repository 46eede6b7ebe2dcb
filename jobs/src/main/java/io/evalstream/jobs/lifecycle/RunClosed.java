package io.evalstream.jobs.lifecycle;

/** Every producer of the run has finished or is lost. */
public record RunClosed(String runId) {}
