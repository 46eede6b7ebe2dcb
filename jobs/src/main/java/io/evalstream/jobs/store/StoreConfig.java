package io.evalstream.jobs.store;

import io.evalstream.jobs.kafka.KafkaConnection;
import java.time.Duration;

/** What the store job needs to know. */
public record StoreConfig(
    KafkaConnection kafka, ClickHouseConnection clickHouse, Duration checkpointInterval) {}
