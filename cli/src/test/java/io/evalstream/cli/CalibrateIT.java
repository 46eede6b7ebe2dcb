package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generator against a simulated server in a process of its own. */
class CalibrateIT {

  @TempDir private static Path directory;

  @Test
  void theErrorIsShownBesideTheServersAndJudged() throws Exception {
    try (CommandProcess bench =
        CommandProcess.start(
            directory,
            "bench",
            "--calibrate",
            "--num-prompts",
            "40",
            "--max-concurrency",
            "4",
            "--random-input-len",
            "8",
            "--random-output-len",
            "21",
            "--ignore-eos")) {
      int exit = bench.exit(120);

      assertThat(bench.output())
          .contains("TTFT 50.00 ms, 10.00 ms between tokens; 800 gaps")
          .containsPattern("TTFT error( +[\\d,.]+){3}")
          .containsPattern("gap error( +[\\d,.]+){3}")
          .containsPattern("server's own lateness( +[\\d,.]+){3}")
          .containsPattern("generator's part, gaps( +[\\d,.]+){3}")
          .contains(
              exit == ExitCode.FINE.number()
                  ? "This machine can be trusted at this load"
                  : "This machine CANNOT be trusted at this load");
      assertThat(exit).isIn(ExitCode.FINE.number(), ExitCode.INCOMPLETE.number());
    }
  }
}
