package io.evalstream.jobs.accounting;

/**
 * Versions of rows that replace each other: the job's epoch above, the inputs applied below. Never
 * a clock, so that replayed input gives the same rows.
 */
public final class Versions {

  private static final int INPUT_BITS = 40;

  private Versions() {}

  /**
   * A version.
   *
   * @param epoch counts the job's starts, from 1
   * @param inputs inputs applied, below 2^40
   */
  public static long of(int epoch, long inputs) {
    return ((long) epoch << INPUT_BITS) | inputs;
  }
}
