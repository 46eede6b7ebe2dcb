package io.evalstream.events;

import java.math.BigInteger;

/**
 * What is known of one metric in one window of a run, on topic {@code metric-windows}. The latest
 * version replaces all before it.
 *
 * @param metric the metric's name, see {@link Metric}
 * @param windowStartAtUs start of the window, inclusive
 * @param windowUs length of the window
 * @param version larger means newer: {@code (epoch << 40) | inputs applied}
 * @param complete whether the watermark has passed the window's end; later data still updates it
 * @param count values, zeros included
 * @param zeroCount values that are zero
 * @param sum sum of the values, exact
 * @param sumOfSquares sum of the values' squares, exact
 * @param min smallest value
 * @param max largest value
 * @param binIndexes the sketch's bins that hold anything, ascending
 * @param binCounts positive values in each of those bins
 */
public record MetricWindow(
    int v,
    String runId,
    String scenario,
    String metric,
    long windowStartAtUs,
    long windowUs,
    long version,
    boolean complete,
    long count,
    long zeroCount,
    long sum,
    BigInteger sumOfSquares,
    long min,
    long max,
    int[] binIndexes,
    long[] binCounts) {

  private static final long MAX_WINDOW_US = 3_600_000_000L;

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public MetricWindow {
    Checks.version(v);
    Checks.runId(runId);
    Checks.name("scenario", scenario);
    Checks.name("metric", metric);
    Checks.instant("window_start_at_us", windowStartAtUs);
    Checks.notNegative("window_us", windowUs);
    if (windowUs > MAX_WINDOW_US) {
      throw new InvalidEventException("window_us is longer than an hour");
    }
    Checks.notNegative("version", version);
    Checks.notNegative("count", count);
    Checks.notNegative("zero_count", zeroCount);
    Checks.notNegative("sum", sum);
    Checks.present("sum_of_squares", sumOfSquares);
    Checks.notNegative("sum_of_squares", sumOfSquares.signum());
    if (sumOfSquares.bitLength() > 128) {
      throw new InvalidEventException("sum_of_squares does not fit 128 bits");
    }
    Checks.notNegative("min", min);
    Checks.notNegative("max", max);
    Checks.present("bin_indexes", binIndexes);
    Checks.present("bin_counts", binCounts);
    if (binIndexes.length != binCounts.length) {
      throw new InvalidEventException("bin_indexes and bin_counts differ in length");
    }
    long total = zeroCount;
    for (long binCount : binCounts) {
      if (binCount < 1) {
        throw new InvalidEventException("bin_counts holds a bin without values");
      }
      total += binCount;
    }
    if (total != count) {
      throw new InvalidEventException(
          "the bins and zeros hold " + total + " values, count says " + count);
    }
  }
}
