package io.evalstream.cli.load;

import io.evalstream.loadgenerator.health.TrustThresholds;
import java.time.Duration;
import picocli.CommandLine.Option;

/** From where on the generator's own trouble makes its figures doubtful. */
final class TrustOptions {

  private static final double NANOS_PER_MS = 1e6;

  @Option(
      names = "--trust-late-send",
      paramLabel = "MS",
      defaultValue = "10",
      description =
          "A request that leaves this much later than it could is late (${DEFAULT-VALUE}).")
  private double lateSend;

  @Option(
      names = "--trust-stall",
      paramLabel = "MS",
      defaultValue = "5",
      description = "An event loop that stands still this long stalls (${DEFAULT-VALUE}).")
  private double stall;

  @Option(
      names = "--trust-share",
      paramLabel = "FRACTION",
      defaultValue = "0.01",
      description =
          "Requests that may be late, and time that may go to stalls or to garbage collection"
              + " (${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--trust-coalesced-share",
      paramLabel = "FRACTION",
      defaultValue = "0.2",
      description = "Chunks that may come in one read with the chunk before (${DEFAULT-VALUE}).")
  private double coalescedShare;

  TrustThresholds thresholds() {
    return new TrustThresholds(time(lateSend), time(stall), share, coalescedShare);
  }

  private static Duration time(double ms) {
    return Duration.ofNanos(Math.round(ms * NANOS_PER_MS));
  }
}
