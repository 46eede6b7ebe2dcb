package io.evalstream.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.RunPlan;
import io.evalstream.events.ServerMetrics;
import io.evalstream.events.Topic;
import io.evalstream.jobs.CollectingSink;
import io.evalstream.jobs.JobSettings;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.kafka.RawRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreTopologyTest {

  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  private static final RunPlan PLAN = Records.plan(1);
  private static final ProducerState STATE = Records.state("p", 1, ProducerState.Type.FINISHED);
  private static final RequestOutcome OUTCOME =
      Records.failed("p", 0, Records.T0, Records.T0, RequestStatus.TIMEOUT);
  private static final GeneratorHealth HEALTH =
      new GeneratorHealth(1, Records.RUN, "p", 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, null);
  private static final ServerMetrics SERVER = Records.server("p", 3, Records.T0);
  private static final MetricWindow WINDOW =
      new MetricWindow(
          1,
          Records.RUN,
          "chat",
          "itl",
          Records.T0,
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
  private static final RunCount COUNT =
      new RunCount(1, Records.RUN, "p", "token-timings", 2, 3, 4, 5, 6, 7, true, 8);
  private static final RunGrade GRADE =
      new RunGrade(
          1,
          Records.RUN,
          "chat",
          2,
          RunGrade.State.SETTLED,
          null,
          "A",
          "B",
          List.of(),
          0.95,
          3,
          null,
          List.of(new RunGrade.OfMetric("p95_ttft_ms", "B", 300.5, null, null, 400.0)),
          null);
  private static final DeadLetter LETTER =
      new DeadLetter(1, "runs", 2, 3, 4, "unreadable", "why", new byte[] {0, -1}, 5);

  private final String test = UUID.randomUUID().toString();

  @Test
  void everyRecordGoesToItsTableAndPoisonToTheDeadLetters() throws Exception {
    StoreTopology.Outputs out =
        new StoreTopology.Outputs(
            sink("runs"),
            sink("producers"),
            sink("outcomes"),
            sink("health"),
            sink("servers"),
            sink("windows"),
            sink("counts"),
            sink("grades"),
            sink("letters"),
            sink("unreadable"));
    Map<Topic, List<Object>> records =
        Map.of(
            Topic.RUNS, List.of(PLAN, STATE),
            Topic.REQUEST_OUTCOMES, List.of(OUTCOME),
            Topic.GENERATOR_HEALTH, List.of(HEALTH),
            Topic.SERVER_METRICS, List.of(SERVER),
            Topic.METRIC_WINDOWS, List.of(WINDOW),
            Topic.RUN_COUNTS, List.of(COUNT),
            Topic.GRADES, List.of(GRADE),
            Topic.DEAD_LETTERS, List.of(LETTER));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.configure(JobSettings.of("store-test", Duration.ofSeconds(1)));

    StoreTopology.define(
        topic ->
            env.fromData(onKafka(topic, records.get(topic)), TypeInformation.of(RawRecord.class)),
        out);
    env.execute();

    assertWritten(out.runs(), PLAN);
    assertWritten(out.runProducers(), STATE);
    assertWritten(out.requestOutcomes(), OUTCOME);
    assertWritten(out.generatorHealth(), HEALTH);
    assertWritten(out.serverMetrics(), SERVER);
    assertWritten(out.latencyWindows(), WINDOW);
    assertWritten(out.runCounts(), COUNT);
    assertWritten(out.grades(), GRADE);
    assertThat(written(out.deadLetters()))
        .as("a letter that cannot be read does not go round")
        .extracting(DeadLetter::key)
        .containsExactlyInAnyOrder(LETTER.key(), "dead-letters/0/99");
    assertThat(written(out.unreadable()))
        .extracting(DeadLetter::key)
        .containsExactlyInAnyOrder(
            "runs/0/99",
            "request-outcomes/0/99",
            "generator-health/0/99",
            "server-metrics/0/99",
            "metric-windows/0/99",
            "run-counts/0/99",
            "grades/0/99");
  }

  /** The records, and one that is none; on the compacted topic a tombstone too. */
  private static List<RawRecord> onKafka(Topic topic, List<Object> events) {
    List<RawRecord> records = new ArrayList<>();
    events.forEach(event -> records.add(Records.raw(topic, 0, records.size(), 5, event)));
    records.add(new RawRecord(topic.text(), 0, 99, 5, new byte[] {'x'}));
    if (topic.compacted()) {
      records.add(new RawRecord(topic.text(), 0, 100, 5, null));
    }
    return records;
  }

  private <T> CollectingSink<T> sink(String name) {
    return new CollectingSink<>(test + name);
  }

  private static <T> void assertWritten(Sink<T> sink, T expected) {
    assertThat(written(sink)).singleElement().usingRecursiveComparison().isEqualTo(expected);
  }

  private static <T> List<T> written(Sink<T> sink) {
    return ((CollectingSink<T>) sink).written();
  }
}
