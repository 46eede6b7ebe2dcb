package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.cli.results.Results;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratorsReportTest {

  private static final Messages ENGLISH = Messages.of("en", Map.of());
  private static final Results.Doubtful NEVER = new Results.Doubtful(0, "");

  @Test
  void aWholeRunSaysHowManyMadeIt() {
    GeneratorsReport report =
        new GeneratorsReport(
            run(2, 2, 2, "trusted"), List.of(finished(0, ""), finished(1, "")), NEVER);

    assertThat(report.lines(ENGLISH))
        .containsExactly(
            "Generators that made it: 2, all finished.", "Trusted: no generator was in the way.");
  }

  @Test
  void whoIsLostFailedOrMissingIsNamed() {
    GeneratorsReport report =
        new GeneratorsReport(
            run(5, 4, 1, "unknown"),
            List.of(
                finished(0, ""),
                new Results.Producer("p1", 1, "lost", "", "nothing was heard of it", false, ""),
                new Results.Producer("p3", 3, "finished", "failed", "no Kafka", true, ""),
                new Results.Producer("p4", 4, "heartbeat", "", "", false, "")),
            NEVER);

    assertThat(report.lines(ENGLISH))
        .containsExactly(
            "Of 5 planned generators 1 finished:",
            "  part 1 (p1): lost, nothing was heard of it",
            "  part 3 (p3): failed, no Kafka",
            "  part 4 (p4): running",
            "  part 2: nobody has begun it",
            "Trust: not all generators have judged their figures.");
  }

  @Test
  void doubtsAreOfTheirGenerator() {
    GeneratorsReport report =
        new GeneratorsReport(
            run(2, 2, 2, "untrusted"),
            List.of(finished(0, ""), finished(1, "It was late.")),
            new Results.Doubtful(3, "late_sends"));

    assertThat(report.lines(ENGLISH))
        .contains("  p1: It was late.", "  3 s: late_sends")
        .anyMatch(line -> line.startsWith("UNTRUSTED"));
  }

  @Test
  void badSecondsOfATrustedRunAreCounted() {
    GeneratorsReport report =
        new GeneratorsReport(
            run(1, 1, 1, "trusted"),
            List.of(finished(0, "")),
            new Results.Doubtful(3, "gc_pauses, stalls"));

    assertThat(report.lines(ENGLISH))
        .contains(ENGLISH.get("bench.partly_untrusted"), "  3 s: gc_pauses, stalls");
  }

  private static Results.Producer finished(int shard, String doubts) {
    return new Results.Producer("p" + shard, shard, "finished", "completed", "", true, doubts);
  }

  private static Results.Run run(long planned, long seen, long completed, String trust) {
    return new Results.Run(
        "20260131-a", "", "load", "m", "r", 1, planned, seen, "completed", "", completed, trust);
  }
}
