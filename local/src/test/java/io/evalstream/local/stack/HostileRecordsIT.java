package io.evalstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evalstream.events.EventCodec;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunKind;
import io.evalstream.events.RunPlan;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that a producer means ill with: they are named, and everybody else's run goes on. */
class HostileRecordsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String RUN = "20260131-hostile";

  @TempDir private Path directory;
  private StackAddresses addresses;

  @Test
  void noRecordStopsTheJobsAndNoFaultIsSilent() throws Exception {
    try (LocalStack stack = LocalStack.start(StackSettings.of(directory), line -> {})) {
      addresses = stack.addresses();
      try (SyntheticProducer producer = new SyntheticProducer(addresses.kafka(), RUN, "gen-1", 7)) {
        producer.poison(Topic.TOKEN_TIMINGS, withLong("\"scenario\":\"s\""));
        producer.poison(Topic.TOKEN_TIMINGS, withLong("\"producer_id\":\"p\""));
        producer.poison(Topic.TOKEN_TIMINGS, withLong("\"request_id\":\"r\""));
        producer.poison(Topic.RUNS, EventCodec.encode(graded("20260131-silent", 200.0, 500.0)));
        producer.poison(Topic.RUNS, EventCodec.encode(graded("20260131-scale", 500.0, 200.0)));
        producer.poison(Topic.RUNS, EventCodec.encode(started("20260131-scale")));
        producer.plan(1, 50);
        for (int i = 0; i < 50; i++) {
          producer.request(5);
        }
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
                                "SELECT toString(complete) FROM run_completeness WHERE run_id = '"
                                    + RUN
                                    + "'"))
                        .containsExactly("1", "1", "1", "1"));
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(rows("SELECT reason FROM dead_letters_current ORDER BY reason"))
                        .containsExactly(
                            "producer_id is longer than 300 characters",
                            "request_id is longer than 300 characters",
                            "scenario is longer than 300 characters"));
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(
                            rows(
                                "SELECT concat(toString(complete), ' ', reason) FROM"
                                    + " grade_completeness WHERE run_id = '20260131-scale'"))
                        .containsExactly(
                            "0 The bounds on the plan make no scale: p95_ttft_ms has 200.0 for B,"
                                + " which is as strict as its bound for A"));
        assertThat(
                rows(
                    "SELECT concat(toString(complete), ' ', state) FROM grade_completeness WHERE"
                        + " run_id = '20260131-silent'"))
            .as("a run that nobody begins has no grade, and is not complete")
            .containsExactly("0 ");
      }
    }
  }

  private static byte[] withLong(String field) {
    String json =
        new String(
            EventCodec.encode(
                new TokenTimings(
                    1, RUN, "p", 0, "s", "r", 0, 1_770_000_000_000_000L, new int[0], null)),
            StandardCharsets.UTF_8);
    String longer = field.substring(0, field.length() - 1) + "x".repeat(1_000_000) + '"';
    return json.replace(field, longer).getBytes(StandardCharsets.UTF_8);
  }

  private static ProducerState started(String run) {
    return new ProducerState(
        1,
        run,
        "p",
        1,
        1_770_000_000_000_000L,
        ProducerState.Type.STARTED,
        null,
        null,
        Map.of(),
        0,
        null);
  }

  private static RunPlan graded(String run, double a, double b) {
    RunPlan.Slo slo =
        new RunPlan.Slo(
            List.of("A", "B", "C"), List.of(new RunPlan.Bounds("p95_ttft_ms", List.of(a, b))));
    return new RunPlan(
        1,
        run,
        "p",
        0,
        1_770_000_000_000_000L,
        RunKind.LOAD,
        "model",
        "v1",
        null,
        Map.of(),
        List.of(new RunPlan.PlannedScenario("chat", 7L, Map.of(), null, slo)),
        1,
        42,
        null,
        Map.of());
  }

  private List<String> rows(String sql) throws SQLException {
    return Rows.of(addresses, sql);
  }
}
