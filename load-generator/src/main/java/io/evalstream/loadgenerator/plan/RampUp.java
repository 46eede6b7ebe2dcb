package io.evalstream.loadgenerator.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A rate that grows from the first request to the last, as {@code --ramp-up-strategy} of {@code
 * vllm bench serve}.
 *
 * @param startRps requests per second at the first request
 * @param endRps requests per second at the last request
 */
public record RampUp(Strategy strategy, double startRps, double endRps) {

  /** How the rate grows with the requests that were sent. */
  public enum Strategy {
    /** By the same amount with each request. */
    LINEAR,
    /** By the same factor with each request. */
    EXPONENTIAL;

    /**
     * The strategy of that name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static Strategy named(String name) {
      for (Strategy strategy : values()) {
        if (strategy.text().equals(name)) {
          return strategy;
        }
      }
      throw new IllegalArgumentException(
          "ramp-up-strategy '"
              + name
              + "' is not known: use one of "
              + Arrays.stream(values()).map(Strategy::text).collect(Collectors.joining(", ")));
    }

    /** Its name on the command line. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RampUp {
    if (strategy == null) {
      throw new IllegalArgumentException("ramp-up-strategy is missing: linear or exponential");
    }
    positive("ramp-up-start-rps", startRps);
    positive("ramp-up-end-rps", endRps);
    if (startRps > endRps) {
      throw new IllegalArgumentException(
          "ramp-up-start-rps is " + startRps + ": give a rate up to ramp-up-end-rps, " + endRps);
    }
  }

  /** Requests per second at a request. */
  double rate(int index, int count) {
    double progress = index / (double) Math.max(count - 1, 1);
    return strategy == Strategy.LINEAR
        ? startRps + (endRps - startRps) * progress
        : startRps * StrictMath.pow(endRps / startRps, progress);
  }

  private static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + " is " + value + ": give requests per second above 0");
    }
  }
}
