package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import picocli.CommandLine.Option;

/** Whether the run is cut into blocks, and with whom it is compared. */
final class BlockOptions {

  private static final int COMPARED = 20;
  private static final double SECONDS = 60;
  private static final int REQUESTS = 100;

  @Option(
      names = "--blocks",
      paramLabel = "COUNT",
      description =
          "Cut the run into blocks, each with the same arrivals and lengths, nothing in flight"
              + " between them; --num-prompts is then of one block.")
  private Integer count;

  @Option(
      names = "--block-seconds",
      paramLabel = "SECONDS",
      description = "Least length of a block under a rate (60).")
  private Double seconds;

  @Option(
      names = "--block-requests",
      paramLabel = "COUNT",
      description = "Fewest requests of a block (100).")
  private Integer requests;

  @Option(
      names = "--ab",
      paramLabel = "URL",
      description =
          "Send the same blocks to a second server as well, in turns of seeded random order, and"
              + " compare it with the first (20 blocks).")
  private String other;

  /** The other server's base URL; null when there is none. */
  String other() {
    return other;
  }

  /** How many requests a block has if the data set does not say; null without blocks. */
  Integer requests(Arrivals arrivals) {
    if (!cut()) {
      if (seconds != null || requests != null) {
        throw wrong(
            (seconds == null ? "--block-requests" : "--block-seconds")
                + " is given without --blocks: give their number, or leave it out.");
      }
      return null;
    }
    if (seconds != null && !(seconds > 0 && seconds < Integer.MAX_VALUE)) {
      throw wrong("--block-seconds is " + seconds + ": give seconds above 0.");
    }
    if (requests != null && requests < 1) {
      throw wrong("--block-requests is " + requests + ": give a number from 1 on.");
    }
    double rate = arrivals.requestRate();
    double due =
        Double.isInfinite(rate) ? 0 : Math.ceil(rate * (seconds == null ? SECONDS : seconds));
    return (int) Math.min(Integer.MAX_VALUE, Math.max(requests == null ? REQUESTS : requests, due));
  }

  /** Whether the size of a block is given in other words than --num-prompts. */
  boolean sized() {
    return seconds != null || requests != null;
  }

  Workload cut(Workload workload) {
    return cut() ? new BlockWorkload(workload, count == null ? COMPARED : count) : workload;
  }

  /** Whether there are blocks. */
  boolean cut() {
    return count != null || other != null;
  }

  private static CliException wrong(String sentence) {
    return new CliException(ExitCode.WRONG_USE, sentence);
  }
}
