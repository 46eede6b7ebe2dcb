package io.evalstream.cli.load;

import io.evalstream.loadgenerator.measure.Timeouts;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long to wait. */
final class TimeoutOptions {

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Until a connection stands (${DEFAULT-VALUE}).")
  private int connect;

  @Option(
      names = "--first-token-timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "Until the first token (${DEFAULT-VALUE}).")
  private int firstToken;

  @Option(
      names = "--gap-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "Until the next token (${DEFAULT-VALUE}).")
  private int gap;

  @Option(
      names = "--total-timeout",
      paramLabel = "SECONDS",
      defaultValue = "21600",
      description = "Until the end of an answer (${DEFAULT-VALUE}).")
  private int total;

  Timeouts timeouts() {
    return new Timeouts(
        Duration.ofSeconds(connect),
        Duration.ofSeconds(firstToken),
        Duration.ofSeconds(gap),
        Duration.ofSeconds(total));
  }
}
