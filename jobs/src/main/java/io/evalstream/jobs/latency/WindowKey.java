package io.evalstream.jobs.latency;

/**
 * A window of a run's metric.
 *
 * @param metric the metric's name on the wire
 * @param startUs start of the window, inclusive, µs since the epoch
 */
public record WindowKey(String scenario, String metric, long startUs) {}
