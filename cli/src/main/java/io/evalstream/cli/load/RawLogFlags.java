package io.evalstream.cli.load;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.loadgenerator.publish.RawLogOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Whether every request is written down. */
final class RawLogFlags {

  @Option(
      names = "--raw-log-dir",
      paramLabel = "DIR",
      description = "Write a line of JSON for every request into DIR/<run id>.jsonl.")
  private Path directory;

  @Option(
      names = "--raw-log-gaps",
      fallbackValue = "true",
      description = "With the time between its chunks.")
  private boolean gaps;

  /** Null when nothing is written. */
  RawLogOptions options() {
    if (directory == null) {
      if (gaps) {
        throw new CliException(
            ExitCode.WRONG_USE, "--raw-log-gaps is given without --raw-log-dir: add it.");
      }
      return null;
    }
    return new RawLogOptions(directory, gaps);
  }
}
