package io.evalstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evalstream.events.Topic;
import io.evalstream.local.FileTrees;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The serving job without its state, on topics that no longer hold everything. */
class StatelessRestartIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String TRUNCATED = "20260131-truncated";
  private static final String WHOLE = "20260131-kept";
  private static final String ROWS =
      "SELECT toString((scenario, metric, window_start, version, count, sum, sum_of_squares, min,"
          + " max, mapSort(bins))) FROM latency_windows_current WHERE run_id = '%s'"
          + " ORDER BY scenario, metric, window_start";
  private static final String COUNTS =
      "SELECT toString((producer_id, topic, version, records, tokens)) FROM run_counts_current"
          + " WHERE run_id = '%s' ORDER BY producer_id, topic";

  @TempDir private Path directory;
  private StackAddresses addresses;

  @Test
  void aRunOfWhichSomethingIsGoneKeepsItsRowsAndIsNamed() throws Exception {
    List<String> windows;
    List<String> counts;
    try (LocalStack stack = start()) {
      run(TRUNCATED);
      windows = rows(ROWS.formatted(TRUNCATED));
      counts = rows(COUNTS.formatted(TRUNCATED));
      deleteTokenTimings(stack.addresses().kafka());
      run(WHOLE);
    }
    FileTrees.delete(directory.resolve("flink/checkpoints"));
    try (LocalStack stack = start()) {
      addresses = stack.addresses();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(epochs(WHOLE)).as("counted anew").containsExactly("2"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(
                          rows(
                              "SELECT topic FROM withheld_counts WHERE outstanding > 0 AND run_id ="
                                  + " '%s' AND producer_id = 'gen-1'".formatted(TRUNCATED)))
                      .containsExactly("token-timings"));

      assertThat(rows(ROWS.formatted(TRUNCATED))).isEqualTo(windows);
      assertThat(rows(COUNTS.formatted(TRUNCATED)))
          .filteredOn(row -> row.contains("token-timings"))
          .isEqualTo(counts.stream().filter(row -> row.contains("token-timings")).toList());
      assertComplete(TRUNCATED);
      assertComplete(WHOLE);
      assertThat(rows("SELECT topic FROM withheld_counts WHERE run_id = '%s'".formatted(WHOLE)))
          .isEmpty();
    }
  }

  private LocalStack start() {
    LocalStack stack = LocalStack.start(StackSettings.of(directory), line -> {});
    addresses = stack.addresses();
    return stack;
  }

  private void run(String runId) throws Exception {
    try (SyntheticProducer producer = new SyntheticProducer(addresses.kafka(), runId, "gen-1", 7)) {
      producer.plan(1, 100);
      for (int i = 0; i < 100; i++) {
        producer.request(1 + i % 90);
      }
      producer.health();
      producer.server(100);
      producer.finished();
      producer.flush();
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertComplete(runId));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        rows(
                            "SELECT toString(count()) FROM latency_windows_current WHERE NOT"
                                + " complete AND run_id = '%s'".formatted(runId)))
                    .containsExactly("0"));
  }

  /** Of even partitions the first half, of odd ones all. */
  private static void deleteTokenTimings(String kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
      for (int partition = 0; partition < Topic.TOKEN_TIMINGS.partitions(); partition++) {
        latest.put(new TopicPartition(Topic.TOKEN_TIMINGS.text(), partition), OffsetSpec.latest());
      }
      Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
      for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> end :
          admin.listOffsets(latest).all().get().entrySet()) {
        long offset = end.getValue().offset();
        deleted.put(
            end.getKey(),
            RecordsToDelete.beforeOffset(end.getKey().partition() % 2 == 0 ? offset / 2 : offset));
      }
      admin.deleteRecords(deleted).all().get();
    }
  }

  private void assertComplete(String runId) throws SQLException {
    assertThat(
            rows(
                "SELECT concat(topic, ' ', toString(complete)) FROM run_completeness WHERE run_id"
                    + " = '%s' ORDER BY topic".formatted(runId)))
        .containsExactly(
            "generator-health 1", "request-outcomes 1", "server-metrics 1", "token-timings 1");
  }

  /** The starts of the job that a run's current windows are of. */
  private List<String> epochs(String runId) throws SQLException {
    return rows(
        "SELECT DISTINCT toString(bitShiftRight(version, 40)) FROM latency_windows_current WHERE"
            + " run_id = '%s'".formatted(runId));
  }

  private List<String> rows(String sql) throws SQLException {
    return Rows.of(addresses, sql);
  }
}
