package io.evalstream.loadgenerator.search;

import io.evalstream.statistics.distribution.ClopperPearson;
import java.util.ArrayList;
import java.util.List;

/**
 * The search: the rate is doubled or halved until one serves and the next does not, then the
 * interval between them is halved on the logarithmic scale.
 *
 * <p>A rate serves when no queue grew and the exact lower bound of Clopper and Pearson for the part
 * of requests that keep the limits reaches the wanted share. The bound takes requests as
 * independent of each other.
 *
 * @param share of requests that must keep the limits, between 0 and 1
 * @param confidence of each decision, between 0 and 1
 * @param firstRate where to begin, requests per second
 * @param precision the search ends when the lowest rate that does not serve is above the highest
 *     that does by no more than this share of it
 */
public record RateSearch(double share, double confidence, double firstRate, double precision) {

  private static final int MOST_DOUBLINGS = 20;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RateSearch {
    between("slo-share", share);
    between("confidence", confidence);
    between("precision", precision);
    if (!(firstRate > 0) || Double.isInfinite(firstRate)) {
      throw new IllegalArgumentException(
          "request-rate is " + firstRate + ": give the rate to begin with, above 0");
    }
  }

  /** Tries one rate. */
  @FunctionalInterface
  public interface Trial {

    /** What came of it; null when the search is to end. */
    RateTried at(double rate);
  }

  /**
   * What the search found.
   *
   * @param highest the highest rate that serves; null when none was found
   * @param next the lowest rate above it that does not; null when none was found
   * @param tried in order
   */
  public record Found(RateTried highest, RateTried next, List<RateTried> tried) {

    /** Copies the list. */
    public Found {
      tried = List.copyOf(tried);
    }
  }

  /** The fewest requests that can show the wanted share: so many of which all are good. */
  public long fewestRequests() {
    return (long) Math.ceil(Math.log(1 - confidence) / Math.log(share));
  }

  /** Whether a rate serves. */
  public boolean serves(RateTried tried) {
    return !tried.saturated()
        && ClopperPearson.lower(tried.good(), tried.requests(), confidence) >= share;
  }

  /** Searches until it is precise enough, or the trials end. */
  public Found find(Trial trial) {
    List<RateTried> tried = new ArrayList<>();
    RateTried highest = null;
    RateTried next = null;
    double rate = firstRate;
    for (int doublings = 0; doublings <= MOST_DOUBLINGS; ) {
      RateTried now = trial.at(rate);
      if (now == null) {
        break;
      }
      tried.add(now);
      if (serves(now)) {
        highest = now;
      } else {
        next = now;
      }
      if (highest != null && next != null) {
        if (next.rate() <= highest.rate() * (1 + precision)) {
          break;
        }
        rate = Math.sqrt(highest.rate() * next.rate());
      } else {
        doublings++;
        rate = highest == null ? rate / 2 : rate * 2;
      }
    }
    return new Found(highest, next, tried);
  }

  private static void between(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number between 0 and 1");
    }
  }
}
