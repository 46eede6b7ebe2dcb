package io.evalstream.jobs.store;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.RunPlan;
import io.evalstream.events.ServerMetrics;
import io.evalstream.events.Topic;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.lifecycle.ReadRunRecords;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The store job's graph: every topic to its table, what cannot be read to the dead letters. */
public final class StoreTopology {

  private StoreTopology() {}

  /** Where rows go, one writer per table; and the topic for what could not be read. */
  public record Outputs(
      Sink<RunPlan> runs,
      Sink<ProducerState> runProducers,
      Sink<RequestOutcome> requestOutcomes,
      Sink<GeneratorHealth> generatorHealth,
      Sink<ServerMetrics> serverMetrics,
      Sink<MetricWindow> latencyWindows,
      Sink<RunCount> runCounts,
      Sink<RunGrade> grades,
      Sink<DeadLetter> deadLetters,
      Sink<DeadLetter> unreadable) {}

  /**
   * Builds the graph.
   *
   * @param topics gives the records of a topic
   */
  public static void define(Function<Topic, DataStream<RawRecord>> topics, Outputs out) {
    SingleOutputStreamOperator<RunPlan> plans =
        topics
            .apply(Topic.RUNS)
            .process(new ReadRunRecords())
            .name("read runs")
            .uid("store-read-runs");
    store(plans, out.runs(), Tables.RUNS);
    store(plans.getSideOutput(ReadRunRecords.PRODUCERS), out.runProducers(), Tables.RUN_PRODUCERS);

    var outcomes = read(topics, Topic.REQUEST_OUTCOMES, RequestOutcome.class);
    var health = read(topics, Topic.GENERATOR_HEALTH, GeneratorHealth.class);
    var servers = read(topics, Topic.SERVER_METRICS, ServerMetrics.class);
    var windows = read(topics, Topic.METRIC_WINDOWS, MetricWindow.class);
    var counts = read(topics, Topic.RUN_COUNTS, RunCount.class);
    var grades = read(topics, Topic.GRADES, RunGrade.class);
    var letters = read(topics, Topic.DEAD_LETTERS, DeadLetter.class);
    store(outcomes, out.requestOutcomes(), Tables.REQUEST_OUTCOMES);
    store(health, out.generatorHealth(), Tables.GENERATOR_HEALTH);
    store(servers, out.serverMetrics(), Tables.SERVER_METRICS);
    store(windows, out.latencyWindows(), Tables.LATENCY_WINDOWS);
    store(counts, out.runCounts(), Tables.RUN_COUNTS);
    store(grades, out.grades(), Tables.GRADES);
    store(
        // a letter that cannot be read is stored at once: sent back it would go round for ever
        letters.union(letters.getSideOutput(ReadRecords.DEAD_LETTERS)),
        out.deadLetters(),
        Tables.DEAD_LETTERS);

    plans
        .getSideOutput(ReadRunRecords.DEAD_LETTERS)
        .union(
            outcomes.getSideOutput(ReadRecords.DEAD_LETTERS),
            health.getSideOutput(ReadRecords.DEAD_LETTERS),
            servers.getSideOutput(ReadRecords.DEAD_LETTERS),
            windows.getSideOutput(ReadRecords.DEAD_LETTERS),
            counts.getSideOutput(ReadRecords.DEAD_LETTERS),
            grades.getSideOutput(ReadRecords.DEAD_LETTERS))
        .sinkTo(out.unreadable())
        .name("dead-letters")
        .uid("store-dead-letters-sink");
  }

  private static <T> SingleOutputStreamOperator<T> read(
      Function<Topic, DataStream<RawRecord>> topics, Topic topic, Class<T> type) {
    return topics
        .apply(topic)
        .process(new ReadRecords<>(type))
        .name("read " + topic.text())
        .uid("store-read-" + topic.text());
  }

  private static <T> void store(DataStream<T> rows, Sink<T> sink, Table<T> table) {
    rows.sinkTo(sink).name(table.name()).uid("store-" + table.name()).setParallelism(1);
  }
}
