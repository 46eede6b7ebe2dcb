package io.evalstream.jobs.serving;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.Event;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.RunPlan;
import io.evalstream.events.Topic;
import io.evalstream.jobs.accounting.CountMerger;
import io.evalstream.jobs.accounting.PartitionCount;
import io.evalstream.jobs.grade.RunGrader;
import io.evalstream.jobs.grade.RunNews;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.latency.GeneratorHealthMeasurer;
import io.evalstream.jobs.latency.Measurer;
import io.evalstream.jobs.latency.PreAggregateOperator;
import io.evalstream.jobs.latency.RequestOutcomesMeasurer;
import io.evalstream.jobs.latency.ServerMetricsMeasurer;
import io.evalstream.jobs.latency.TokenTimingsMeasurer;
import io.evalstream.jobs.latency.WindowMerger;
import io.evalstream.jobs.latency.WindowPartial;
import io.evalstream.jobs.lifecycle.ReadRunRecords;
import io.evalstream.jobs.lifecycle.RunClosed;
import io.evalstream.jobs.lifecycle.RunLifecycle;
import io.evalstream.jobs.lifecycle.RunSignal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The serving job's graph: measurements in; windows, counts, grades, lost producers, dead letters
 * out.
 */
public final class ServingTopology {

  private ServingTopology() {}

  /** The topics that the job reads. */
  public record Inputs(
      DataStream<RawRecord> tokenTimings,
      DataStream<RawRecord> requestOutcomes,
      DataStream<RawRecord> generatorHealth,
      DataStream<RawRecord> serverMetrics,
      DataStream<RawRecord> runs) {}

  /** Where the job's conclusions go. */
  public record Outputs(
      Sink<MetricWindow> windows,
      Sink<RunCount> counts,
      Sink<RunGrade> grades,
      Sink<ProducerState> lostProducers,
      Sink<DeadLetter> deadLetters) {}

  /**
   * Builds the graph.
   *
   * @param epoch counts the job's starts, from 1; rows of a later start replace earlier ones
   */
  public static void define(Inputs in, Outputs out, int epoch) {
    var timings = preAggregate(in.tokenTimings(), Topic.TOKEN_TIMINGS, new TokenTimingsMeasurer());
    var outcomes =
        preAggregate(in.requestOutcomes(), Topic.REQUEST_OUTCOMES, new RequestOutcomesMeasurer());
    var health =
        preAggregate(in.generatorHealth(), Topic.GENERATOR_HEALTH, new GeneratorHealthMeasurer());
    var servers =
        preAggregate(in.serverMetrics(), Topic.SERVER_METRICS, new ServerMetricsMeasurer());
    SingleOutputStreamOperator<RunPlan> plans =
        in.runs().process(new ReadRunRecords()).name("read runs").uid("serving-read-runs");
    SingleOutputStreamOperator<RunClosed> closed =
        plans
            .keyBy(RunPlan::runId)
            .connect(plans.getSideOutput(ReadRunRecords.PRODUCERS).keyBy(ProducerState::runId))
            .process(new RunLifecycle())
            .name("run lifecycle")
            .uid("run-lifecycle");

    SingleOutputStreamOperator<RunCount> counted =
        counts(timings)
            .union(counts(outcomes), counts(health), counts(servers))
            .keyBy(PartitionCount::runId)
            .connect(plans.getSideOutput(ReadRunRecords.PRODUCERS).keyBy(ProducerState::runId))
            .process(new CountMerger(epoch))
            .name("merge counts")
            .uid("count-run");
    counted.sinkTo(out.counts()).name("run-counts").uid("run-counts-sink");

    DataStream<RunSignal> signals =
        closed
            .map(RunSignal::of)
            .name("closed")
            .uid("run-closed")
            .union(counted.getSideOutput(CountMerger.SIGNALS));
    timings
        .union(outcomes)
        .keyBy(WindowPartial::runId)
        .connect(signals.keyBy(RunSignal::runId))
        .process(new WindowMerger(epoch))
        .name("merge windows")
        .uid("merge-windows")
        .sinkTo(out.windows())
        .name("metric-windows")
        .uid("metric-windows-sink");

    DataStream<RunNews> news =
        plans
            .map(RunNews::planned)
            .name("planned runs")
            .uid("planned-runs")
            .union(signals.map(RunNews::of).name("run signals").uid("run-signals"));
    timings
        .union(outcomes)
        .filter(RunGrader::needs)
        .name("graded metrics")
        .uid("graded-metrics")
        .keyBy(WindowPartial::runId)
        .connect(news.keyBy(RunNews::runId))
        .process(new RunGrader(epoch))
        .name("grade runs")
        .uid("grade-runs")
        .sinkTo(out.grades())
        .name("grades")
        .uid("grades-sink");

    closed
        .getSideOutput(RunLifecycle.LOST)
        .sinkTo(out.lostProducers())
        .name("lost producers")
        .uid("lost-producers-sink");

    deadLetters(timings)
        .union(
            deadLetters(outcomes),
            deadLetters(health),
            deadLetters(servers),
            plans.getSideOutput(ReadRunRecords.DEAD_LETTERS))
        .sinkTo(out.deadLetters())
        .name("dead-letters")
        .uid("serving-dead-letters-sink");
  }

  private static <E extends Event> SingleOutputStreamOperator<WindowPartial> preAggregate(
      DataStream<RawRecord> records, Topic topic, Measurer<E> measurer) {
    return records
        .transform(
            "pre-aggregate " + topic.text(),
            TypeInformation.of(WindowPartial.class),
            new PreAggregateOperator<>(measurer))
        .uid("pre-aggregate-" + topic.text());
  }

  private static DataStream<PartitionCount> counts(
      SingleOutputStreamOperator<WindowPartial> preAggregated) {
    return preAggregated.getSideOutput(PreAggregateOperator.COUNTS);
  }

  private static DataStream<DeadLetter> deadLetters(
      SingleOutputStreamOperator<WindowPartial> preAggregated) {
    return preAggregated.getSideOutput(PreAggregateOperator.DEAD_LETTERS);
  }
}
