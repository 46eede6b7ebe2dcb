package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.evalstream.cli.results.Results;
import io.evalstream.events.EventCodec;
import io.evalstream.events.Metric;
import io.evalstream.events.RunKind;
import io.evalstream.events.RunPlan;
import io.evalstream.events.Topic;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.local.LoopbackPorts;
import io.evalstream.local.stack.StackAddresses;
import io.evalstream.statistics.blocks.BlockMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stack, server and generator as processes of their own, as a user runs them. */
class LocalRunIT {

  private static final Metric[] COMPARED = {
    Metric.TTFT,
    Metric.TTFT_FROM_SCHEDULE,
    Metric.TPOT,
    Metric.ITL,
    Metric.E2EL,
    Metric.E2EL_FROM_SCHEDULE
  };

  @TempDir private static Path directory;
  private static StackAddresses stack;
  private static CommandProcess server;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    try (CommandProcess up = CommandProcess.start(directory, "up")) {
      assertThat(up.exit(180)).as(up.output()).isZero();
    }
    stack = StackAddresses.find(directory.resolve(".evalstream/stack")).orElseThrow();
    port = LoopbackPorts.free(1).get(0);
    server =
        CommandProcess.start(
            directory,
            "simulate",
            "--port",
            Integer.toString(port),
            "--time-to-first-token",
            "lognormal:50ms,0.3",
            "--inter-token-latency",
            "lognormal:10ms,0.2",
            "--max-num-seqs",
            "4096",
            "--max-model-len",
            "131072");
    await().atMost(Duration.ofMinutes(1)).until(() -> ServerProbe.answers(port));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    try (CommandProcess down = CommandProcess.start(directory, "down")) {
      assertThat(down.exit(90)).as(down.output()).isZero();
    }
    assertThat(StackAddresses.find(directory.resolve(".evalstream/stack"))).isEmpty();
    assertThat(ProcessHandle.of(stack.pid())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "azure-llm-trace-2023-conv.csv, 19366, 4088665",
    "azure-llm-trace-2023-code.csv, 8819, 245896"
  })
  void everyRequestAndTokenOfARealTraceIsStoredAndEveryPercentileIsRight(
      String trace, long requests, long tokens) throws Exception {
    String runId = "20260131-" + trace.replace(".csv", "");

    bench(
        runId,
        port,
        "--trace",
        RealData.file(trace).toString(),
        "--speedup",
        "60",
        // a machine that is busy with other things is slow, and not wrong
        "--connect-timeout",
        "300");

    try (Results results = results()) {
      RunReport report = awaitComplete(results, runId);
      assertThat(report.failures()).isEmpty();
      assertThat(report.requests().ok()).isEqualTo(requests);
      assertThat(report.requests().outputTokens()).isEqualTo(tokens);
      RawRecords raw = RawRecords.read(stack.kafka(), runId);
      assertThat(raw.tokens()).isEqualTo(tokens);
      for (Metric metric : COMPARED) {
        assertAccurate(report.metric(metric), raw.sorted(metric));
      }
    }
  }

  /** What the view says of blocks is what the bench has printed of them. */
  @Test
  void blocksAreTheSameInClickHouse() throws Exception {
    String runId = "20260131-blocks";
    Path results = directory.resolve("blocks");

    bench(
        runId,
        port,
        "--blocks",
        "3",
        "--num-prompts",
        "30",
        "--request-rate",
        "30",
        "--random-input-len",
        "16",
        "--random-output-len",
        "16",
        "--save-result",
        "--result-dir",
        results.toString());

    JsonNode blocks = LoadTestCase.results(results).get(0).path("evalstream_blocks");
    assertThat(blocks).hasSize(3);
    try (Results stored = results()) {
      awaitComplete(stored, runId);
    }
    try (Connection connection =
            new ClickHouseConnection(stack.clickhouse(), "default", "").open();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM block_statistics_current WHERE run_id = '%s' ORDER BY block"
                    .formatted(runId))) {
      for (JsonNode block : blocks) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("arm")).isEmpty();
        assertThat(rows.getInt("block")).isEqualTo(block.path("block").intValue());
        assertThat(rows.getInt("requests")).isEqualTo(25);
        assertThat(rows.getInt("failed")).isZero();
        for (BlockMetric metric : BlockMetric.values()) {
          double printed = block.path(metric.text()).doubleValue();
          assertThat(rows.getDouble(metric.text()))
              .as(metric.text())
              .isCloseTo(printed, within(1e-9 * printed));
        }
      }
      assertThat(rows.next()).isFalse();
    }
  }

  /** The bounds travel with the plan: the job gives the letter that the generator gives itself. */
  @Test
  void theServingJobsGradeIsTheGenerators() throws Exception {
    String runId = "20260131-graded";
    Path slo =
        Files.writeString(
            directory.resolve("slo.yaml"),
            """
            letters: [good, fair, bad]
            default:
              success_rate_percent: {good: 98, fair: 95}
              p95_ttft_ms: {good: 1, fair: 30000}
              mean_tpot_ms: {good: 5000, fair: 9000}
            """);
    String printed;
    try (CommandProcess bench =
        startBench(
            runId,
            port,
            "--slo",
            slo.toString(),
            "--num-prompts",
            "120",
            "--request-rate",
            "30",
            "--random-input-len",
            "16",
            "--random-output-len",
            "16")) {
      assertThat(bench.exit(120)).as(bench.output()).isZero();
      printed = bench.output();
    }

    assertThat(printed).contains("Grade fair, decided by TTFT p95");
    try (Results results = results()) {
      awaitComplete(results, runId);
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(results.grades(runId))
                      .containsExactly(
                          new Results.LiveGrade(
                              "default",
                              "final",
                              "fair",
                              "fair",
                              "fair",
                              "p95_ttft_ms",
                              120,
                              120L)));
    }
    try (CommandProcess report = CommandProcess.start(directory, "report", runId)) {
      assertThat(report.exit(60)).as(report.output()).isZero();
      assertThat(report.output().replaceAll("\\s+", " "))
          .contains("Grade fair, decided by TTFT p95; final, of 120/120 requests.");
    }
  }

  @Test
  void aGeneratorThatIsKilledIsLostWithinAMinuteAndItsRunIsMarked() throws Exception {
    String runId = "20260131-killed";
    CommandProcess generator = startLongRun(runId);
    try (Results results = results()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> results.requests(runId).total() > 20);
      generator.process().destroyForcibly();

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> results.run(runId).map(run -> run.status().equals("lost")).orElse(false));
    }
    try (CommandProcess report = CommandProcess.start(directory, "report", runId)) {
      assertThat(report.exit(60)).isEqualTo(ExitCode.INCOMPLETE.number());
      assertThat(report.output()).contains("lost").contains("nothing was heard of it for 30 s");
    }
  }

  @Test
  void twoGeneratorsOfOneRunGiveOneReport() throws Exception {
    String runId = "20260131-shards";
    List<CommandProcess> parts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      parts.add(
          startBench(
              runId,
              port,
              "--shard",
              i + "/2",
              "--num-prompts",
              "101",
              "--max-concurrency",
              "8",
              "--random-input-len",
              "16",
              "--random-output-len",
              "16"));
    }
    for (CommandProcess part : parts) {
      assertThat(part.exit(120)).as(part.output()).isZero();
    }

    try (Results results = results()) {
      RunReport report = awaitComplete(results, runId);
      assertThat(report.requests().ok()).isEqualTo(101);
      assertThat(report.metric(Metric.TTFT).count()).isEqualTo(101);
      assertThat(report.servers())
          .singleElement()
          .satisfies(asked -> assertThat(asked.running().max()).isPositive());
    }
    try (CommandProcess report = CommandProcess.start(directory, "report", runId)) {
      assertThat(report.exit(60)).as(report.output()).isZero();
      assertThat(report.output())
          .contains("Generators that made it: 2, all finished.")
          .contains("The server at http://127.0.0.1:" + port)
          .containsPattern("(?i)trusted|percentiles hold");
    }
    try (CommandProcess list = CommandProcess.start(directory, "runs", "list")) {
      assertThat(list.exit(60)).isZero();
      assertThat(list.output()).containsPattern(runId + ".*completed\\s+2/2\\s+(yes|NO)");
    }
  }

  @Test
  void whatWaitedInAFileIsSentAndStored() throws Exception {
    String runId = "20260131-resent";
    RunPlan plan =
        new RunPlan(
            1,
            runId,
            "p",
            0,
            1_770_000_000_000_000L,
            RunKind.LOAD,
            "model",
            "release",
            null,
            Map.of(),
            List.of(new RunPlan.PlannedScenario("default", 1L, Map.of())),
            1,
            0,
            null,
            Map.of());
    Path file =
        SpilledFile.write(
            directory.resolve("a.spill"), Topic.RUNS, runId, plan.key(), EventCodec.encode(plan));

    try (CommandProcess resend = CommandProcess.start(directory, "resend", file.toString())) {
      assertThat(resend.exit(60)).as(resend.output()).isZero();
      assertThat(resend.output()).contains("1 records sent").contains("All sent");
    }

    assertThat(file).doesNotExist();
    try (Results results = results()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> results.run(runId).isPresent());
    }
  }

  @Test
  void anInterruptedRunKeepsWhatItMeasuredAndIsMarked() throws Exception {
    String runId = "20260131-interrupted";
    CommandProcess generator = startLongRun(runId);
    try (Results results = results()) {
      await().atMost(Duration.ofMinutes(1)).until(() -> results.requests(runId).total() > 20);
      generator.process().destroy();
      generator.exit(60);

      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> results.run(runId).map(run -> run.status().equals("aborted")).orElse(false));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> RunReport.of(results, results.run(runId).orElseThrow()).accounted());
    }
  }

  @Test
  void failuresOfTheServerAreCountedByCause() throws Exception {
    int faultyPort = LoopbackPorts.free(1).get(0);
    try (CommandProcess faulty =
        CommandProcess.start(
            directory,
            "simulate",
            "--port",
            Integer.toString(faultyPort),
            "--failure-injection-rate",
            "0.2",
            "--failure-status",
            "503",
            "--cut-rate",
            "0.2",
            "--garbage-rate",
            "0.2",
            "--inter-token-latency",
            "constant:1ms")) {
      await().atMost(Duration.ofMinutes(1)).until(() -> ServerProbe.answers(faultyPort));
      String runId = "20260131-faulty";

      bench(
          runId,
          faultyPort,
          "--num-prompts",
          "200",
          "--random-input-len",
          "8",
          "--random-output-len",
          "8",
          "--max-concurrency",
          "8");

      try (Results results = results()) {
        RunReport report = awaitComplete(results, runId);
        assertThat(report.requests().total()).isEqualTo(200);
        assertThat(report.failures())
            .extracting(Results.Failure::status)
            .contains("http_error", "incomplete");
        assertThat(report.failures()).extracting(Results.Failure::error).noneMatch(String::isBlank);
      }
    }
  }

  @Test
  void aModelThatIsNotServedIsNamed() throws Exception {
    try (CommandProcess bench = startBench("20260131-model", port, "--model", "other")) {

      assertThat(bench.exit(60)).isEqualTo(ExitCode.WRONG_USE.number());
      assertThat(bench.output().lines()).hasSize(1);
      assertThat(bench.output()).contains("other").contains("simulated-model");
    }
  }

  @Test
  void aRunIdIsNotUsedTwice() throws Exception {
    String runId = "20260131-twice";
    bench(runId, port, "--num-prompts", "1", "--random-output-len", "2");

    try (CommandProcess again = startBench(runId, port, "--num-prompts", "1")) {
      assertThat(again.exit(60)).isEqualTo(ExitCode.WRONG_USE.number());
      assertThat(again.output().lines()).hasSize(1);
      assertThat(again.output()).contains(runId).contains("--shard");
    }
  }

  @Test
  void aKafkaThatIsNotThereIsNamedBeforeAnyLoad() throws Exception {
    int closed = LoopbackPorts.free(1).get(0);
    try (CommandProcess bench =
        startBench("20260131-kafka", port, "--kafka", "127.0.0.1:" + closed)) {

      assertThat(bench.exit(60)).isEqualTo(ExitCode.BROKE.number());
      assertThat(bench.output().lines()).hasSize(1);
      assertThat(bench.output()).contains("Kafka at 127.0.0.1:" + closed);
    }
  }

  private static void bench(String runId, int serverPort, String... arguments)
      throws IOException, InterruptedException {
    try (CommandProcess bench = startBench(runId, serverPort, arguments)) {
      assertThat(bench.exit(400)).as(bench.output()).isZero();
    }
  }

  /** A run of small requests that would take minutes. */
  private static CommandProcess startLongRun(String runId) throws IOException {
    return startBench(
        runId,
        port,
        "--num-prompts",
        "10000",
        "--request-rate",
        "20",
        "--random-input-len",
        "16",
        "--random-output-len",
        "16");
  }

  private static CommandProcess startBench(String runId, int serverPort, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("bench", "--base-url", "http://127.0.0.1:" + serverPort, "--run-id", runId));
    command.addAll(List.of(arguments));
    return CommandProcess.start(directory, command.toArray(String[]::new));
  }

  private static Results results() {
    return Results.open(new ClickHouseConnection(stack.clickhouse(), "default", ""));
  }

  private static RunReport awaitComplete(Results results, String runId) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                results.run(runId).map(run -> RunReport.of(results, run).complete()).orElse(false));
    return RunReport.of(results, results.run(runId).orElseThrow());
  }

  private static void assertAccurate(Results.Metric reported, long[] sorted) {
    assertThat(reported.count()).isEqualTo(sorted.length);
    assertQuantile(reported, 0.5, reported.p50(), sorted);
    assertQuantile(reported, 0.95, reported.p95(), sorted);
    assertQuantile(reported, 0.99, reported.p99(), sorted);
    assertThat(reported.max()).isEqualTo((double) sorted[sorted.length - 1]);
  }

  private static void assertQuantile(
      Results.Metric reported, double p, double value, long[] sorted) {
    double truth = sorted[(int) Math.max(1, Math.ceil(p * sorted.length)) - 1];

    assertThat(value)
        .as(String.format(Locale.ROOT, "%s p%.0f", reported.metric(), 100 * p))
        .isCloseTo(truth, within(truth * 0.0100001));
  }
}
