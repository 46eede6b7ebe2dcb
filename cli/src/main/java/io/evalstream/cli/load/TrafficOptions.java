package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RampUp;
import io.evalstream.loadgenerator.result.Traffic;
import picocli.CommandLine.Option;

/** When to ask. */
final class TrafficOptions {

  @Option(
      names = "--request-rate",
      paramLabel = "RPS",
      defaultValue = "inf",
      description = "Requests per second; inf sends at once (${DEFAULT-VALUE}).")
  private String requestRate;

  @Option(
      names = "--burstiness",
      paramLabel = "SHAPE",
      description = "Below 1 requests come in bursts, above 1 more evenly (1: Poisson).")
  private String burstiness;

  @Option(
      names = "--arrivals",
      paramLabel = "poisson|constant",
      description = "How requests are spaced under a rate; another word for --burstiness 1 or inf.")
  private Arrivals.Spacing spacing;

  @Option(
      names = "--max-concurrency",
      paramLabel = "COUNT",
      description = "Most requests in flight; no limit by default.")
  private Integer maxConcurrency;

  @Option(
      names = "--ramp-up-strategy",
      paramLabel = "linear|exponential",
      description = "Let the rate grow from the first request to the last.")
  private String rampUp;

  @Option(
      names = "--ramp-up-start-rps",
      paramLabel = "RPS",
      description = "The rate at the first request.")
  private Double rampUpStart;

  @Option(
      names = "--ramp-up-end-rps",
      paramLabel = "RPS",
      description = "The rate at the last request.")
  private Double rampUpEnd;

  @Option(
      names = "--num-warmups",
      paramLabel = "COUNT",
      defaultValue = "0",
      description = "Requests sent before, which count nowhere (${DEFAULT-VALUE}).")
  private int numWarmups;

  Arrivals arrivals() {
    return new Arrivals(number("--request-rate", requestRate), shape(), ramp());
  }

  /** The same spacing at another rate. */
  Arrivals arrivals(double rate) {
    return new Arrivals(rate, shape(), null);
  }

  Traffic traffic() {
    return new Traffic(arrivals(), maxConcurrency);
  }

  Integer maxConcurrency() {
    return maxConcurrency;
  }

  int numWarmups() {
    return numWarmups;
  }

  private double shape() {
    if (spacing != null && burstiness != null) {
      throw wrong("--arrivals and --burstiness say the same: leave out one of them.");
    }
    if (spacing != null) {
      return spacing.burstiness();
    }
    return burstiness == null ? 1 : number("--burstiness", burstiness);
  }

  private RampUp ramp() {
    if (rampUp == null) {
      if (rampUpStart != null || rampUpEnd != null) {
        throw wrong("--ramp-up-strategy is missing: give linear or exponential.");
      }
      return null;
    }
    if (rampUpStart == null || rampUpEnd == null) {
      throw wrong(
          (rampUpStart == null ? "--ramp-up-start-rps" : "--ramp-up-end-rps")
              + " is missing: --ramp-up-strategy needs both rates.");
    }
    return new RampUp(RampUp.Strategy.named(rampUp), rampUpStart, rampUpEnd);
  }

  private static double number(String flag, String text) {
    try {
      return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new CliException(
          ExitCode.WRONG_USE, flag + " is '" + text + "': give a number above 0, or inf.", e);
    }
  }

  private static CliException wrong(String sentence) {
    return new CliException(ExitCode.WRONG_USE, sentence);
  }
}
