package io.evalstream.bench;

import io.evalstream.events.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * The same percentiles in Flink SQL: every gap a row, the built-in {@code PERCENTILE} per second.
 * It reads the beginning of each partition and ends there; its start is in its time.
 */
final class SqlRun {

  private SqlRun() {}

  static Throughput run(TokenTopic topic, Path directory, int slots, long tokens)
      throws Exception {
    long share = Math.min(topic.records(), topic.records() * tokens / topic.tokens());
    long records = share / Topic.TOKEN_TIMINGS.partitions();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(slots, settings(directory, slots));
    StreamTableEnvironment sql = StreamTableEnvironment.create(env);
    sql.executeSql(source(topic, records));
    sql.executeSql(
        """
        CREATE VIEW gaps AS
        SELECT run_id, scenario, `at`, gap_us
        FROM token_timings CROSS JOIN UNNEST(gaps_us) AS exploded (gap_us)""");
    sql.executeSql(
        """
        CREATE TABLE percentiles (
          run_id STRING, scenario STRING, window_start TIMESTAMP(3), tokens BIGINT,
          p50_p95_p99 ARRAY<DOUBLE>) WITH ('connector' = 'blackhole')""");
    sql.createStatementSet()
        .addInsertSql(
            """
            INSERT INTO percentiles
            SELECT run_id, scenario, window_start, COUNT(*),
              PERCENTILE(gap_us, ARRAY[0.5, 0.95, 0.99])
            FROM TUMBLE(TABLE gaps, DESCRIPTOR(`at`), INTERVAL '1' SECOND)
            GROUP BY run_id, scenario, window_start, window_end""")
        .attachAsDataStream();
    double cpu = Throughput.cpuSecondsOfThisProcess();
    JobClient job = env.executeAsync("percentiles in SQL");
    double seconds = job.getJobExecutionResult().get().getNetRuntime() / 1e3;
    long read = records * Topic.TOKEN_TIMINGS.partitions() * topic.tokens() / topic.records();
    return new Throughput(read, seconds, Throughput.cpuSecondsOfThisProcess() - cpu);
  }

  private static Configuration settings(Path directory, int slots) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("sql-checkpoints").toUri().toString());
    settings.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
    return settings;
  }

  private static String source(TokenTopic topic, long records) {
    String ends =
        IntStream.range(0, Topic.TOKEN_TIMINGS.partitions())
            .mapToObj(partition -> "partition:" + partition + ",offset:" + records)
            .collect(Collectors.joining(";"));
    return """
        CREATE TABLE token_timings (
          run_id STRING, scenario STRING, at_us BIGINT, gaps_us ARRAY<INT>,
          `at` AS TO_TIMESTAMP_LTZ(at_us / 1000, 3),
          WATERMARK FOR `at` AS `at` - INTERVAL '2' SECOND
        ) WITH (
          'connector' = 'kafka',
          'topic' = 'token-timings',
          'properties.bootstrap.servers' = '%s',
          'scan.startup.mode' = 'earliest-offset',
          'scan.bounded.mode' = 'specific-offsets',
          'scan.bounded.specific-offsets' = '%s',
          'format' = 'json')"""
        .formatted(topic.bootstrapServers(), ends);
  }
}
