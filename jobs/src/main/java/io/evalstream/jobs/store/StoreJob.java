package io.evalstream.jobs.store;

import io.evalstream.events.ClickHouseSchema;
import io.evalstream.events.DeadLetter;
import io.evalstream.events.Topic;
import io.evalstream.jobs.JobSettings;
import io.evalstream.jobs.configuration.JobConfiguration;
import io.evalstream.jobs.configuration.JobOptions;
import io.evalstream.jobs.kafka.KafkaTopics;
import java.sql.Connection;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The store job on Kafka and ClickHouse.
 *
 * <p>It promises effectively-once: offsets are committed after the rows that came before them, so
 * rows may be written again and never left out, and a row written again replaces itself.
 */
public final class StoreJob {

  /** The job's name and consumer group. */
  public static final String NAME = "evalstream-store";

  private static final int BATCH_ROWS = 20_000;
  private static final long BATCH_INTERVAL_MS = 1_000;
  private static final int RETRIES = 3;

  private StoreJob() {}

  /**
   * Runs the job where it is submitted, after it has brought ClickHouse's tables up to date.
   *
   * @param arguments see {@link JobConfiguration#read}
   */
  public static void main(String[] arguments) throws Exception {
    Configuration settings = JobConfiguration.read(arguments, System.getenv());
    ClickHouseConnection clickHouse = JobOptions.clickHouse(settings);
    try (Connection connection = clickHouse.open()) {
      ClickHouseSchema.migrate(connection);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(
        env,
        new StoreConfig(
            JobOptions.kafka(settings), clickHouse, settings.get(JobOptions.CHECKPOINT_INTERVAL)));
    env.execute();
  }

  /** Adds the job to an environment, which then holds it alone. */
  public static void define(StreamExecutionEnvironment env, StoreConfig config) {
    env.configure(JobSettings.of(NAME, config.checkpointInterval()));
    env.setParallelism(1);
    KafkaTopics topics = new KafkaTopics(config.kafka(), NAME);
    ClickHouseConnection clickHouse = config.clickHouse();
    StoreTopology.define(
        topic -> topics.fromCommitted(env, topic),
        new StoreTopology.Outputs(
            sink(clickHouse, Tables.RUNS),
            sink(clickHouse, Tables.RUN_PRODUCERS),
            sink(clickHouse, Tables.REQUEST_OUTCOMES),
            sink(clickHouse, Tables.GENERATOR_HEALTH),
            sink(clickHouse, Tables.SERVER_METRICS),
            sink(clickHouse, Tables.LATENCY_WINDOWS),
            sink(clickHouse, Tables.RUN_COUNTS),
            sink(clickHouse, Tables.DEAD_LETTERS),
            topics.sink(Topic.DEAD_LETTERS, DeadLetter::key)));
  }

  private static <T> Sink<T> sink(ClickHouseConnection clickHouse, Table<T> table) {
    return new ClickHouseSink<>(
        JdbcSink.<T>builder()
            .withQueryStatement(table.insert(), table::set)
            .withExecutionOptions(
                JdbcExecutionOptions.builder()
                    .withBatchSize(BATCH_ROWS)
                    .withBatchIntervalMs(BATCH_INTERVAL_MS)
                    .withMaxRetries(RETRIES)
                    .build())
            .buildAtLeastOnce(clickHouse.writer()));
  }
}
