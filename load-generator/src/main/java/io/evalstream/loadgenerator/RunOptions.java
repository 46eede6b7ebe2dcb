package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.publish.RawLogOptions;

/**
 * What is done beside the load itself.
 *
 * @param numWarmups requests sent and answered before the run begins, which count nowhere; all are
 *     the plan's first
 * @param keepDetails keep how every single request went, for detailed result files and for goodput;
 *     the memory then grows with every token
 * @param rawLog where to write down how every request went; null for nowhere
 */
public record RunOptions(int numWarmups, boolean keepDetails, RawLogOptions rawLog) {

  /** Nothing. */
  public static final RunOptions DEFAULT = new RunOptions(0, false, null);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RunOptions {
    if (numWarmups < 0) {
      throw new IllegalArgumentException(
          "num-warmups is " + numWarmups + ": give a number from 0 on");
    }
  }
}
