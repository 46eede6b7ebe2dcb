package io.evalstream.jobs;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What every job of this module sets, wherever it runs. */
public final class JobSettings {

  /** Many divisors, so that a job can be rescaled evenly. Never changed. */
  static final int MAX_PARALLELISM = 720;

  private static final Duration SHORTEST_CHECKPOINT_INTERVAL = Duration.ofMillis(100);

  private JobSettings() {}

  /**
   * Checks a configured interval.
   *
   * @throws IllegalArgumentException when it is missing or too short
   */
  public static void requireCheckpointInterval(Duration interval) {
    if (interval == null || interval.compareTo(SHORTEST_CHECKPOINT_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "checkpoint interval is " + interval + ": give at least 100 ms");
    }
  }

  /**
   * The settings of a job.
   *
   * @param name shown in Flink's pages
   * @param checkpointInterval time between checkpoints
   */
  public static Configuration of(String name, Duration checkpointInterval) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.NAME, name);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // a restart would not make room for a checkpoint, and results wait for it
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, Integer.MAX_VALUE);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(10));
    return settings;
  }
}
