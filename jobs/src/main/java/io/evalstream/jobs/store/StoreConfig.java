package io.evalstream.jobs.store;

import io.evalstream.jobs.JobSettings;
import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.jobs.kafka.KafkaConnection;
import java.time.Duration;

/** What the store job needs to know. */
public record StoreConfig(
    KafkaConnection kafka, ClickHouseConnection clickHouse, Duration checkpointInterval) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the item
   */
  public StoreConfig {
    if (kafka == null) {
      throw new IllegalArgumentException("kafka is missing: say where it is");
    }
    if (clickHouse == null) {
      throw new IllegalArgumentException("clickhouse is missing: say where it is");
    }
    JobSettings.requireCheckpointInterval(checkpointInterval);
  }
}
