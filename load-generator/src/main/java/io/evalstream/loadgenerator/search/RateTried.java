package io.evalstream.loadgenerator.search;

import io.evalstream.statistics.distribution.ClopperPearson;

/**
 * What came of a rate.
 *
 * @param rate requests per second
 * @param requests that were measured; at least 1
 * @param good those that kept the limits
 * @param saturated whether the queue grew as long as requests came, so that a longer run would have
 *     had fewer good ones
 */
public record RateTried(double rate, long requests, long good, boolean saturated) {

  /** The part that kept the limits. */
  public double share() {
    return (double) good / requests;
  }

  /** What the part is at least in the long run, with this confidence. */
  public double shareAtLeast(double confidence) {
    return ClopperPearson.lower(good, requests, confidence);
  }
}
