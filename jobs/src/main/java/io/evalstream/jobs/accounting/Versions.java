package io.evalstream.jobs.accounting;

/**
 * Versions of rows that replace each other: the job's epoch above, the inputs applied below. Never
 * a clock, so that replayed input gives the same rows.
 */
public final class Versions {

  private static final int INPUT_BITS = 40;
  private static final long MOST_INPUTS = (1L << INPUT_BITS) - 1;

  private Versions() {}

  /**
   * A version. It grows with the inputs up to 2^40 - 1 of them, and then no more: no record,
   * however much it says, takes a version into another epoch.
   *
   * @param epoch counts the job's starts, from 1
   * @param inputs inputs applied
   */
  public static long of(int epoch, long inputs) {
    return ((long) epoch << INPUT_BITS) | Math.min(inputs, MOST_INPUTS);
  }
}
