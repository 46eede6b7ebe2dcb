package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evalstream.local.stack.StackAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, from its first line to the last process. */
class DemoIT {

  @TempDir private Path directory;

  @Test
  void bothReleasesAreMeasuredAndShownSideBySide() throws Exception {
    try (CommandProcess demo =
        CommandProcess.start(directory, "demo", "--requests", "40", "--request-rate", "10")) {

      assertThat(demo.exit(240)).as(demo.output()).isZero();

      assertThat(demo.output())
          .contains("Both releases, read back from ClickHouse")
          .containsPattern("TTFT p50 +[\\d.,]+ +[\\d.,]+ +[+-][\\d.]+%")
          .containsPattern("requests ok +40 +40")
          .containsPattern("sent = counted = stored +yes +yes");
      assertThat(StackAddresses.find(directory.resolve(".evalstream/demo"))).isEmpty();
    }
  }

  @Test
  void anInterruptLeavesNoProcessBehind() throws Exception {
    try (CommandProcess demo = CommandProcess.start(directory, "demo")) {
      await().atMost(Duration.ofMinutes(2)).until(() -> demo.output().contains("release-1.0.0:"));
      await().atMost(Duration.ofMinutes(1)).until(() -> demo.process().descendants().count() >= 4);
      List<ProcessHandle> all = demo.process().descendants().toList();

      demo.process().destroy();

      demo.exit(60);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }
  }
}
