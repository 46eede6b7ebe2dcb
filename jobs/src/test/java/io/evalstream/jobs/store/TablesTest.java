package io.evalstream.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.Arm;
import io.evalstream.events.DeadLetter;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.jobs.Records;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final long T0 = Records.T0;
  private static final LocalDateTime AT = LocalDateTime.of(2026, 2, 2, 2, 40);

  @Test
  void anInsertIsOneGroupOfQuotedColumns() {
    assertThat(Tables.RUN_COUNTS.insert())
        .isEqualTo(
            "INSERT INTO run_counts (`run_id`, `producer_id`, `topic`, `version`, `records`,"
                + " `tokens`, `duplicates`, `missing`, `quarantined`, `outstanding`, `withheld`)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  @Test
  void runs() throws Exception {
    assertThat(row(Tables.RUNS, Records.plan(2)))
        .containsEntry("run_id", Records.RUN)
        .containsEntry("version", 0L)
        .containsEntry("at", AT)
        .containsEntry("kind", "load")
        .containsEntry("image_digest", "")
        .containsEntry("environment", Map.of("gpu", "one"))
        .containsEntry("scenarios", "[{\"name\":\"chat\",\"planned_items\":7,\"parameters\":{}}]")
        .containsEntry("planned_items", 7L)
        .containsEntry("producers", 2)
        .containsEntry("baseline_id", "");
  }

  @Test
  void aLostProducerReplacesItsLastHeartbeat() throws Exception {
    ProducerState heartbeat = Records.state("p", 4, ProducerState.Type.HEARTBEAT);
    ProducerState lost = Records.state("p", 4, ProducerState.Type.LOST);
    ProducerState finished = Records.state("p", 5, ProducerState.Type.FINISHED);

    assertThat(row(Tables.RUN_PRODUCERS, heartbeat))
        .containsEntry("version", 8L)
        .containsEntry("state", "heartbeat")
        .containsEntry("status", "")
        .containsEntry("sent_records", Map.of("token-timings", 1L))
        .containsEntry("sent_tokens", Map.of("token-timings", 2L));
    assertThat(row(Tables.RUN_PRODUCERS, lost)).containsEntry("version", 9L);
    assertThat(row(Tables.RUN_PRODUCERS, finished))
        .containsEntry("version", 10L)
        .containsEntry("status", "completed")
        .containsEntry("shard", 3)
        .containsEntry("judged", false)
        .containsEntry("doubts", List.of());
  }

  @Test
  void requestOutcomes() throws Exception {
    assertThat(row(Tables.REQUEST_OUTCOMES, Records.failed("p", 3, T0, T0, RequestStatus.TIMEOUT)))
        .containsEntry("plan_index", 3L)
        .containsEntry("finished_at", AT)
        .containsEntry("sent_at", null)
        .containsEntry("http_status", null)
        .containsEntry("max_gap_us", null)
        .containsEntry("error", "broken")
        .containsEntry("finish_reason", "")
        .containsEntry("status", "timeout");
    assertThat(
            row(Tables.REQUEST_OUTCOMES, Records.ok("p", 3, T0, T0 + 1, T0 + 2, null, T0 + 3, 1)))
        .containsEntry("first_token_at", AT.plusNanos(2_000))
        .containsEntry("last_token_at", null)
        .containsEntry("error", "")
        .containsEntry("block", null)
        .containsEntry("warm_up", null)
        .containsEntry("arm", "")
        .containsEntry("turn", null);
    assertThat(row(Tables.REQUEST_OUTCOMES, Records.inBlock("p", 3, T0, 5, Arm.B)))
        .containsEntry("block", 5)
        .containsEntry("warm_up", true)
        .containsEntry("arm", "b");
  }

  @Test
  void generatorHealth() throws Exception {
    GeneratorHealth health =
        new GeneratorHealth(
            1, Records.RUN, "p", 3, T0, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, List.of("stalls"));

    assertThat(row(Tables.GENERATOR_HEALTH, health))
        .containsEntry("at", AT)
        .containsEntry("send_lag_p50_us", 5L)
        .containsEntry("dropped_records", 14L)
        .containsEntry("judged", true)
        .containsEntry("doubts", List.of("stalls"));
  }

  @Test
  void serverMetrics() throws Exception {
    assertThat(row(Tables.SERVER_METRICS, Records.server("p", 3, T0)))
        .containsEntry("at", AT)
        .containsEntry("version", 3L)
        .containsEntry("endpoint", "http://h:8000")
        .containsEntry("running", 10L)
        .containsEntry("kv_cache_usage", 0.12)
        .containsEntry("preemptions_total", 15L)
        .containsEntry("decode_time_count", 21L)
        .containsEntry("spec_decode_draft_tokens", null)
        .containsEntry("gpu_power_watts", 250.5);
  }

  @Test
  void latencyWindows() throws Exception {
    MetricWindow window =
        new MetricWindow(
            1,
            Records.RUN,
            "chat",
            "itl",
            T0,
            1_000_000,
            3,
            true,
            4,
            1,
            5,
            BigInteger.TEN,
            0,
            6,
            new int[] {-7, 8},
            new long[] {1, 2});

    assertThat(row(Tables.LATENCY_WINDOWS, window))
        .containsEntry("window_start", AT)
        .containsEntry("complete", true)
        .containsEntry("sum_of_squares", BigInteger.TEN)
        .containsEntry("bins", Map.of(-7, 1L, 8, 2L));
  }

  @Test
  void runCounts() throws Exception {
    assertThat(
            row(
                Tables.RUN_COUNTS,
                new RunCount(1, Records.RUN, "p", "token-timings", 2, 3, 4, 5, 6, 7, true, 8)))
        .containsEntry("version", 2L)
        .containsEntry("missing", 6L)
        .containsEntry("quarantined", 7L)
        .containsEntry("outstanding", 8L)
        .containsEntry("withheld", true);
  }

  @Test
  void grades() throws Exception {
    RunGrade grade =
        new RunGrade(
            1,
            Records.RUN,
            "chat",
            2,
            RunGrade.State.FINAL,
            null,
            "A",
            "B",
            List.of("p95_ttft_ms"),
            0.95,
            3,
            null,
            List.of(
                new RunGrade.OfMetric("p95_ttft_ms", "B", 300.5, 200.0, null, 400.0),
                new RunGrade.OfMetric("mean_tpot_ms", "A", 4.5, null, 4.0, null)),
            "why");

    assertThat(row(Tables.GRADES, grade))
        .containsEntry("state", "final")
        .containsEntry("letter", "")
        .containsEntry("deciding", List.of("p95_ttft_ms"))
        .containsEntry("planned_requests", null)
        .containsEntry("reason", "why")
        .containsEntry("letters", Map.of("p95_ttft_ms", "B", "mean_tpot_ms", "A"))
        .containsEntry("figures", Map.of("p95_ttft_ms", 300.5, "mean_tpot_ms", 4.5))
        .containsEntry("missed_bounds", Map.of("p95_ttft_ms", 200.0))
        .containsEntry("lower", Map.of("mean_tpot_ms", 4.0))
        .containsEntry("upper", Map.of("p95_ttft_ms", 400.0));
  }

  @Test
  void deadLetters() throws Exception {
    DeadLetter letter =
        new DeadLetter(1, "runs", 2, 3, T0, "unreadable", "why", new byte[] {0, -1}, 5);

    assertThat(row(Tables.DEAD_LETTERS, letter))
        .containsEntry("offset", 3L)
        .containsEntry("raw_base64", "AP8=")
        .containsEntry("raw_length", 5L);
  }

  @Test
  void aBinderThatForgetsAColumnIsFound() {
    Table<String> table = new Table<>("t", List.of("a", "b"), (element, row) -> row.add(element));

    assertThatThrownBy(() -> table.set(new RecordingStatement().statement(), "x"))
        .isInstanceOf(SQLException.class)
        .hasMessage("t has 2 columns, 1 were set");
  }

  /** The row as it is set, by column; fails unless as many values as columns are set. */
  private static <T> Map<String, Object> row(Table<T> table, T element) throws SQLException {
    RecordingStatement recording = new RecordingStatement();
    table.set(recording.statement(), element);
    assertThat(recording.values).hasSameSizeAs(table.columns());
    assertThat(recording.escapes).containsExactly(false);
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < table.columns().size(); i++) {
      row.put(table.columns().get(i), recording.values.get(i));
    }
    return row;
  }

  /** Remembers what is set, in order. */
  private static final class RecordingStatement {

    final List<Object> values = new ArrayList<>();
    final List<Object> escapes = new ArrayList<>();

    PreparedStatement statement() {
      return (PreparedStatement)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {PreparedStatement.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "setObject" -> values.add((int) arguments[0] - 1, arguments[1]);
                  case "setEscapeProcessing" -> escapes.add(arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
              });
    }
  }
}
