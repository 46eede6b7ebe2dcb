package io.evalstream.jobs.serving;

import io.evalstream.jobs.JobSettings;
import io.evalstream.jobs.kafka.KafkaConnection;
import java.time.Duration;

/**
 * What the serving job needs to know.
 *
 * @param epoch counts the job's starts, from 1
 * @param parallelism slots that it may use
 */
public record ServingConfig(
    KafkaConnection kafka, int epoch, int parallelism, Duration checkpointInterval) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the item
   */
  public ServingConfig {
    if (kafka == null) {
      throw new IllegalArgumentException("kafka is missing: say where it is");
    }
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch is " + epoch + ": it counts from 1");
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is " + parallelism + ": give at least 1");
    }
    JobSettings.requireCheckpointInterval(checkpointInterval);
  }
}
