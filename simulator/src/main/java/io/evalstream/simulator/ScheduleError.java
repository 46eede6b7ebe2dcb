package io.evalstream.simulator;

/**
 * How far the server strayed from its schedule: for each chunk of a stream, the time it was handed
 * to the socket minus the time it was due. Chunks that a slow reader held back are left out.
 *
 * @param count chunks measured
 * @param p50Micros median in microseconds
 * @param p99Micros 99th percentile in microseconds
 * @param maxMicros largest in microseconds
 */
public record ScheduleError(long count, double p50Micros, double p99Micros, double maxMicros) {}
