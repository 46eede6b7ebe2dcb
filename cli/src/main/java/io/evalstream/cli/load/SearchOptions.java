package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.search.RateSearch;
import picocli.CommandLine.Option;

/** Whether the highest rate is looked for that still keeps the limits. */
final class SearchOptions {

  private static final double CONFIDENCE = 0.95;
  private static final double PRECISION = 0.05;

  @Option(
      names = "--find-max-rate",
      fallbackValue = "true",
      description =
          "Look for the highest request rate at which requests keep the limits of --goodput, from"
              + " --request-rate (1) on, with --num-prompts (300) at each rate.")
  private boolean wanted;

  @Option(
      names = "--slo-share",
      paramLabel = "FRACTION",
      defaultValue = "0.95",
      description = "The part of the requests that must keep them (${DEFAULT-VALUE}).")
  private double share;

  boolean wanted() {
    return wanted;
  }

  RateSearch search(Arrivals arrivals) {
    if (arrivals.rampUp() != null) {
      throw new CliException(
          ExitCode.WRONG_USE,
          "--ramp-up-strategy beside --find-max-rate: leave it out, the search chooses the rate.");
    }
    double first = arrivals.unlimited() ? 1 : arrivals.requestRate();
    return new RateSearch(share, CONFIDENCE, first, PRECISION);
  }
}
