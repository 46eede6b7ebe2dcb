package io.evalstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.evalstream.events.ProducerState;
import io.evalstream.events.Topic;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real broker, the real cluster, the real database: what goes in is what can be read back. */
class LocalStackIT {

  private static final long SEED = 7;

  /** As the kernel writes them in its tables of sockets. */
  private static final String LISTEN = "0A";

  private static final String LOOPBACK = "0100007F";
  private static final String LOOPBACK_IN_IPV6 = "0000000000000000FFFF00000100007F";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = LocalStack.start(StackSettings.of(directory), line -> {});
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void aRunIsCountedStoredAndItsPercentilesAreRight() throws Exception {
    try (SyntheticProducer producer =
        new SyntheticProducer(stack.addresses().kafka(), "20260131-complete", "gen-1", SEED)) {
      producer.plan(1, 300);
      producer.state(ProducerState.Type.STARTED, null);
      for (int i = 0; i < 300; i++) {
        producer.request(1 + i % 150);
      }
      producer.health();
      producer.server(250.5);
      producer.state(ProducerState.Type.FINISHED, ProducerState.Status.COMPLETED);
      producer.flush();

      awaitComplete(producer.runId);

      assertThat(rows("SELECT status FROM run_status_current WHERE run_id = '20260131-complete'"))
          .containsExactly("completed");
      assertThat(
              rows(
                  "SELECT toString((count(), sum(output_tokens))) FROM request_outcomes_current"
                      + " WHERE run_id = '20260131-complete'"))
          .containsExactly("(300," + producer.tokens + ")");
      assertThat(
              rows(
                  "SELECT toString((endpoint, running, isNull(waiting), kv_cache_usage,"
                      + " gpu_power_watts)) FROM server_metrics_current WHERE run_id ="
                      + " '20260131-complete'"))
          .containsExactly("('http://h:8000',3,1,0.5,250.5)");
      assertAccurate(producer.runId, "itl", producer.gaps);
      assertAccurate(producer.runId, "token_latency", producer.gaps);
      assertServingFigures(producer);
      assertAccurate(producer.runId, "ttft", producer.ttfts);
    }
  }

  /** Since the stack began, over all runs; the accounting is of all runs too. */
  @Test
  void thePageForPrometheusSaysWhatTheAccountingSays() throws Exception {
    String run = "20260131-metrics";
    MetricsPage before = MetricsPage.read(stack.addresses().metrics());
    try (SyntheticProducer producer =
        new SyntheticProducer(stack.addresses().kafka(), run, "gen-1", SEED)) {
      producer.plan(1, 50);
      producer.state(ProducerState.Type.STARTED, null);
      for (int i = 0; i < 50; i++) {
        producer.request(1 + i);
      }
      producer.repeatLast();
      producer.poison(Topic.TOKEN_TIMINGS, new byte[] {'?'});
      producer.ahead(Duration.ofHours(1));
      producer.health();
      producer.server(100);
      producer.finished();
      producer.flush();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          rows(
                              "SELECT toString((sum(records), sum(tokens), sum(duplicates),"
                                  + " sum(quarantined))) FROM run_counts_current WHERE topic ="
                                  + " 'token-timings' AND run_id = '"
                                  + run
                                  + "'"))
                      .containsExactly(
                          "(" + producer.timingRecords() + "," + producer.tokens + ",1,1)"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                MetricsPage now = MetricsPage.read(stack.addresses().metrics());
                String timings = "pre_aggregate_token_timings";
                assertThat(now.sum("records_counted", timings))
                    .isEqualTo(before.sum("records_counted", timings) + producer.timingRecords());
                assertThat(now.sum("tokens_counted", timings))
                    .isEqualTo(before.sum("tokens_counted", timings) + producer.tokens);
                assertThat(now.sum("duplicates", timings))
                    .isEqualTo(before.sum("duplicates", timings) + 1);
                assertThat(now.sum("producers_quarantined", timings))
                    .isEqualTo(before.sum("producers_quarantined", timings) + 1);
                assertThat(now.sum("code_dead_letters", "code=\"unreadable\"", timings))
                    .isEqualTo(before.sum("code_dead_letters", "code=\"unreadable\"", timings) + 1);
                assertThat(now.sum("code_dead_letters", "code=\"clock_ahead\"", timings))
                    .isEqualTo(
                        before.sum("code_dead_letters", "code=\"clock_ahead\"", timings) + 1);
                assertThat(now.sum("rows_inserted", "request_outcomes"))
                    .isEqualTo(before.sum("rows_inserted", "request_outcomes") + 50);
                assertThat(now.sum("insert_ms_count", "request_outcomes")).isPositive();
                assertThat(now.sum("insert_rows_count", "request_outcomes")).isPositive();
                assertThat(now.has("pendingRecords")).as("consumer lag").isTrue();
                assertThat(now.has("windows_open")).isTrue();
                assertThat(now.has("late_values")).isTrue();
                assertThat(now.sum("runs_withheld")).isZero();
              });
    }
  }

  private static void assertServingFigures(SyntheticProducer producer) throws SQLException {
    String run = " WHERE run_id = '" + producer.runId + "'";
    long good = producer.ttfts.stream().filter(ttft -> ttft <= 100_000).count();
    assertThat(
            rows(
                "SELECT toString((sum(ok), sum(offered), sum(timeout), sum(good),"
                    + " round(sum(output_token_throughput)))) FROM serving_windows_current"
                    + run))
        .containsExactly("(300,300,0," + good + "," + producer.tokens + ")");
    assertThat(
            rows(
                "SELECT toString((ok, success_share, good, round(seconds * request_throughput),"
                    + " round(seconds * output_token_throughput)))"
                    + " FROM serving_current"
                    + run))
        .containsExactly("(300,1," + good + ",300," + producer.tokens + ")");
    assertThat(
            rows(
                "SELECT toString(abs(sum(concurrent_requests) - (SELECT sum(dateDiff('microsecond',"
                    + " sent_at, finished_at)) / 1e6 FROM request_outcomes_current"
                    + run
                    + ")) < 1e-6) FROM serving_windows_current"
                    + run))
        .as("the time in flight is shared out to the windows, and none is lost")
        .containsExactly("1");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        rows(
                            "SELECT toString((g.state, g.letter, g.deciding, g.requests,"
                                + " g.planned_requests, g.letters['success_rate_percent'],"
                                + " c.complete)) FROM grades_current AS g JOIN grade_completeness"
                                + " AS c ON c.run_id = g.run_id WHERE g.run_id = '"
                                + producer.runId
                                + "'"))
                    .containsExactly("('final','B',['p95_ttft_ms'],300,300,'A',1)"));
  }

  @Test
  void whatCannotBeReadBecomesADeadLetterAndStopsNothing() throws Exception {
    try (SyntheticProducer producer =
        new SyntheticProducer(stack.addresses().kafka(), "20260131-poison", "gen-1", SEED)) {
      for (Topic topic : Topic.values()) {
        producer.poison(topic, ("{ poison " + topic.text()).getBytes(StandardCharsets.UTF_8));
        producer.poison(topic, new byte[] {0, -1, 34});
        producer.poison(topic, null);
      }
      producer.plan(1, 10);
      for (int i = 0; i < 10; i++) {
        producer.request(20);
      }
      producer.health();
      producer.server(250.5);
      producer.state(ProducerState.Type.FINISHED, ProducerState.Status.COMPLETED);
      producer.flush();

      awaitComplete(producer.runId);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          rows(
                              "SELECT DISTINCT topic FROM dead_letters_current WHERE"
                                  + " base64Decode(raw_base64) LIKE '%poison%' ORDER BY topic"))
                      .containsExactlyInAnyOrder(
                          "runs",
                          "token-timings",
                          "request-outcomes",
                          "generator-health",
                          "server-metrics",
                          "metric-windows",
                          "run-counts",
                          "grades",
                          "dead-letters"));
      assertThat(stack.jobs()).allMatch(job -> job.status() == JobStatus.RUNNING);
    }
  }

  @Test
  void aProducerThatFallsSilentIsLostWithinAMinute() throws Exception {
    try (SyntheticProducer producer =
        new SyntheticProducer(stack.addresses().kafka(), "20260131-lost", "gen-1", SEED)) {
      producer.plan(1, 100);
      producer.state(ProducerState.Type.STARTED, null);
      producer.request(10);
      producer.state(ProducerState.Type.HEARTBEAT, null);
      producer.flush();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(
                          rows(
                              "SELECT status FROM run_status_current WHERE run_id ="
                                  + " '20260131-lost'"))
                      .containsExactly("lost"));
    }
  }

  @Test
  void aRunIsCompleteOnlyWhenItsWindowsHoldEveryValueToo() throws SQLException {
    String run = "20260131-windows";
    execute(
        "INSERT INTO run_producers (run_id, producer_id, version, state, sent_records, sent_tokens)"
            + " VALUES ('%s', 'p', 1, 'finished', {'request-outcomes': 1}, {'request-outcomes': 5})"
                .formatted(run));
    execute(
        "INSERT INTO run_counts (run_id, producer_id, topic, version, records, tokens)"
            + " VALUES ('%s', 'p', 'request-outcomes', 1, 1, 5)".formatted(run));
    execute(
        "INSERT INTO request_outcomes (run_id, request_id, version, finished_at, output_tokens,"
            + " chunks, status) VALUES ('%s', 'r', 1, now64(6), 5, 5, 'ok')".formatted(run));
    List<String> metrics =
        List.of(
            "ttft",
            "ttft_from_schedule",
            "e2el",
            "e2el_from_schedule",
            "send_lag",
            "prompt_tokens",
            "output_tokens",
            "tpot");

    for (String metric : metrics) {
      assertThat(outcomesComplete(run)).as("before %s", metric).containsExactly("0");
      execute(
          "INSERT INTO latency_windows (run_id, metric, window_us, version, count)"
              + " VALUES ('%s', '%s', 1000000, 1, 1)".formatted(run, metric));
    }

    assertThat(outcomesComplete(run)).containsExactly("1");
  }

  @Test
  void fourProducersOfAPartEachAreOneOfTheWhole() throws Exception {
    String kafka = stack.addresses().kafka();
    long startUs = SyntheticProducer.minuteAgoUs();
    try (SyntheticProducer whole =
        new SyntheticProducer(kafka, "20260131-whole", "gen", SEED, 0, 1, startUs)) {
      whole.plan(1, 200);
      finish(whole);
    }
    for (int i = 0; i < 4; i++) {
      try (SyntheticProducer part =
          new SyntheticProducer(kafka, "20260131-parts", "gen-" + i, SEED, i, 4, startUs)) {
        if (i == 0) {
          part.plan(4, 200);
        }
        finish(part);
      }
    }

    awaitComplete("20260131-whole");
    awaitComplete("20260131-parts");
    String windows =
        "SELECT toString((scenario, metric, window_start, count, zero_count, sum, sum_of_squares,"
            + " min, max, mapSort(bins))) FROM latency_windows_current WHERE run_id = '%s'"
            + " ORDER BY scenario, metric, window_start";
    assertThat(rows(windows.formatted("20260131-parts")))
        .isNotEmpty()
        .isEqualTo(rows(windows.formatted("20260131-whole")));
    assertThat(
            rows(
                "SELECT toString((status, producers_completed, trust)) FROM run_status_current"
                    + " WHERE run_id = '20260131-parts'"))
        .containsExactly("('completed',4,'trusted')");
    assertThat(
            rows(
                "SELECT toString(shard) FROM run_producers_current WHERE run_id ="
                    + " '20260131-parts' ORDER BY shard"))
        .containsExactly("0", "1", "2", "3");
  }

  private static void finish(SyntheticProducer producer) throws Exception {
    for (int i = 0; i < 200; i++) {
      producer.request(1 + i % 150);
    }
    producer.health();
    producer.server(100);
    producer.finished();
    producer.flush();
  }

  @Test
  void aGeneratorsDoubtsReachItsWindowsAndItsRun() throws Exception {
    String run = "20260131-doubts";
    long secondUs = SyntheticProducer.minuteAgoUs() / 1_000_000 * 1_000_000;
    try (SyntheticProducer producer =
        new SyntheticProducer(
            stack.addresses().kafka(), run, "gen-1", SEED, 0, 1, secondUs + 500_000)) {
      producer.plan(1, 500);
      producer.health();
      producer.health("stalls", "late_sends");
      producer.health();
      for (int i = 0; i < 500; i++) {
        producer.request(3);
      }
      producer.server(100);
      producer.finished("It stood still.");
      producer.flush();
    }
    awaitComplete(run);

    assertThat(
            rows(
                "SELECT concat(toString(toUnixTimestamp64Micro(second) - %d), ' ',"
                        .formatted(secondUs)
                    + " arrayStringConcat(doubts, ' ')) FROM untrusted_seconds"
                    + " WHERE run_id = '20260131-doubts' ORDER BY second"))
        .containsExactly("0 late_sends stalls", "1000000 late_sends stalls");
    execute(
        "INSERT INTO latency_windows (run_id, metric, window_us, window_start, version, count)"
            + " SELECT '%s', 'x', 1000000, fromUnixTimestamp64Micro(%d + 1000000 * number), 1, 1"
                .formatted(run, secondUs)
            + " FROM numbers(3)");
    assertThat(
            rows(
                "SELECT toString((untrusted, doubts)) FROM latency_windows_current WHERE metric ="
                    + " 'x' AND run_id = '20260131-doubts' ORDER BY window_start"))
        .containsExactly(
            "(true,['late_sends','stalls'])", "(true,['late_sends','stalls'])", "(false,[])");
    assertThat(rows("SELECT trust FROM run_status_current WHERE run_id = '20260131-doubts'"))
        .containsExactly("untrusted");
    assertThat(
            rows(
                "SELECT arrayStringConcat(doubts) FROM run_producers_current WHERE run_id ="
                    + " '20260131-doubts'"))
        .containsExactly("It stood still.");
  }

  private static List<String> outcomesComplete(String run) throws SQLException {
    return rows("SELECT toString(complete) FROM run_completeness WHERE run_id = '" + run + "'");
  }

  @Test
  void nothingListensBeyondThisMachine() throws IOException {
    Set<String> inodes = socketInodes();
    List<String> listening = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      Files.readAllLines(Path.of("/proc/self/net", table)).stream()
          .skip(1)
          .map(line -> line.strip().split("\\s+", -1))
          .filter(columns -> columns[3].equals(LISTEN) && inodes.contains(columns[9]))
          .forEach(columns -> listening.add(columns[1].replaceFirst(":.*", "")));
    }

    assertThat(listening)
        .isNotEmpty()
        .isSubsetOf(LOOPBACK, LOOPBACK_IN_IPV6, "0".repeat(24) + "01000000");
  }

  private static Set<String> socketInodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open) {
        if (Files.isSymbolicLink(descriptor)) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        }
      }
    }
    return inodes;
  }

  private static void awaitComplete(String runId) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        rows(
                            "SELECT concat(topic, ' ', toString(complete)) FROM run_completeness"
                                + " WHERE run_id = '"
                                + runId
                                + "' ORDER BY topic"))
                    .containsExactly(
                        "generator-health 1",
                        "request-outcomes 1",
                        "server-metrics 1",
                        "token-timings 1"));
  }

  private static void assertAccurate(String runId, String metric, List<Long> truth)
      throws SQLException {
    List<Long> sorted = truth.stream().sorted().toList();
    List<String> reported =
        rows(
            "SELECT arrayJoin([toFloat64(count), p50, p90, p95, p99]) FROM run_metrics_current WHERE run_id = '"
                + runId
                + "' AND metric = '"
                + metric
                + "'");
    assertThat(Double.parseDouble(reported.get(0))).isEqualTo(sorted.size());
    double[] probabilities = {0.5, 0.9, 0.95, 0.99};
    for (int i = 0; i < probabilities.length; i++) {
      double nearestRank =
          sorted.get((int) Math.max(1, Math.ceil(probabilities[i] * sorted.size())) - 1);
      assertThat(Double.parseDouble(reported.get(i + 1)))
          .as("%s p%s, seed %s", metric, probabilities[i], SEED)
          .isCloseTo(nearestRank, within(nearestRank * 0.0100001));
    }
  }

  private static void execute(String sql) throws SQLException {
    ClickHouseConnection store =
        new ClickHouseConnection(stack.addresses().clickhouse(), "default", "");
    try (Connection connection = store.open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String sql) throws SQLException {
    return Rows.of(stack.addresses(), sql);
  }
}
