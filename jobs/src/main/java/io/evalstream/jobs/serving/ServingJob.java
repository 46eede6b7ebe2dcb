package io.evalstream.jobs.serving;

import io.evalstream.events.ClickHouseSchema;
import io.evalstream.events.DeadLetter;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.Topic;
import io.evalstream.jobs.JobSettings;
import io.evalstream.jobs.accounting.Epochs;
import io.evalstream.jobs.configuration.JobConfiguration;
import io.evalstream.jobs.configuration.JobOptions;
import io.evalstream.jobs.kafka.KafkaTopics;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.kafka.Watermarks;
import java.sql.Connection;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The serving job on Kafka. */
public final class ServingJob {

  /** The job's name and consumer group. */
  public static final String NAME = "evalstream-serving";

  private static final Duration LATENESS = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(5);

  private ServingJob() {}

  /**
   * Runs the job where it is submitted, with the parallelism that it is given there. Registers this
   * start's epoch in ClickHouse.
   *
   * @param arguments see {@link JobConfiguration#read}
   */
  public static void main(String[] arguments) throws Exception {
    Configuration settings = JobConfiguration.read(arguments, System.getenv());
    int epoch;
    try (Connection store = JobOptions.clickHouse(settings).open()) {
      ClickHouseSchema.migrate(store);
      epoch = Epochs.next(store, NAME);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(
        env,
        new ServingConfig(
            JobOptions.kafka(settings),
            epoch,
            env.getParallelism(),
            settings.get(JobOptions.CHECKPOINT_INTERVAL)));
    env.execute();
  }

  /** Adds the job to an environment, which then holds it alone. */
  public static void define(StreamExecutionEnvironment env, ServingConfig config) {
    env.configure(JobSettings.of(NAME, config.checkpointInterval()));
    env.setParallelism(config.parallelism());
    KafkaTopics topics = new KafkaTopics(config.kafka(), NAME);
    WatermarkStrategy<RawRecord> measurements = Watermarks.ofMeasurements(LATENESS, IDLE);
    WatermarkStrategy<RawRecord> control = Watermarks.ofControl();
    ServingTopology.define(
        new ServingTopology.Inputs(
            topics.fromBeginning(env, Topic.TOKEN_TIMINGS, measurements),
            topics.fromBeginning(env, Topic.REQUEST_OUTCOMES, measurements),
            topics.fromBeginning(env, Topic.GENERATOR_HEALTH, measurements),
            topics.fromBeginning(env, Topic.SERVER_METRICS, measurements),
            topics.fromBeginning(env, Topic.RUNS, control)),
        new ServingTopology.Outputs(
            topics.sink(Topic.METRIC_WINDOWS, MetricWindow::runId),
            topics.sink(Topic.RUN_COUNTS, RunCount::runId),
            topics.sink(Topic.GRADES, RunGrade::runId),
            topics.<ProducerState>sink(Topic.RUNS, ProducerState::key, ProducerState::runId),
            topics.sink(Topic.DEAD_LETTERS, DeadLetter::key)),
        config.epoch());
  }
}
