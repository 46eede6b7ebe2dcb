package io.evalstream.statistics.distribution;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Exact bounds for the probability of a success, from independent trials (Clopper and Pearson,
 * 1934): each is wrong at most as often as said, whatever the probability is.
 */
public final class ClopperPearson {

  private ClopperPearson() {}

  /**
   * What the probability is at least.
   *
   * @param successes from 0 to {@code trials}
   * @param trials at least 1
   * @param confidence how often the bound holds at the least, between 0 and 1
   */
  public static double lower(long successes, long trials, double confidence) {
    check(successes, trials, confidence);
    return successes == 0
        ? 0
        : BetaDistribution.of((double) successes, trials - successes + 1.0)
            .inverseCumulativeProbability(1 - confidence);
  }

  /**
   * What the probability is at most.
   *
   * @param successes from 0 to {@code trials}
   * @param trials at least 1
   * @param confidence how often the bound holds at the least, between 0 and 1
   */
  public static double upper(long successes, long trials, double confidence) {
    return 1 - lower(trials - successes, trials, confidence);
  }

  private static void check(long successes, long trials, double confidence) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          successes + " of " + trials + " trials: give successes from 0 to a number of trials");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence is " + confidence + ": give a number between 0 and 1");
    }
  }
}
