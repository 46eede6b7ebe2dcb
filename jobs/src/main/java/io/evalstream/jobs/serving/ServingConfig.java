package io.evalstream.jobs.serving;

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
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch is " + epoch + ": it counts from 1");
    }
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is " + parallelism + ": give at least 1");
    }
    if (checkpointInterval.toMillis() < 100) {
      throw new IllegalArgumentException(
          "checkpoint interval is " + checkpointInterval + ": give at least 100 ms");
    }
  }
}
