package io.evalstream.jobs.configuration;

import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.jobs.kafka.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** What a job on a cluster can be told; {@code docs/configuration.md} is made from it. */
public final class JobOptions {

  public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
      ConfigOptions.key("kafka.bootstrap.servers")
          .stringType()
          .noDefaultValue()
          .withDescription("host:port of one or more brokers, separated by commas.");

  public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES =
      ConfigOptions.key("kafka.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Further settings of Kafka's clients (TLS, SASL): in a file each as"
                  + " kafka.properties.NAME, in the environment as NAME:VALUE,NAME:VALUE.");

  public static final ConfigOption<String> CLICKHOUSE_URL =
      ConfigOptions.key("clickhouse.url")
          .stringType()
          .noDefaultValue()
          .withDescription("jdbc:clickhouse://host:port/database.");

  public static final ConfigOption<String> CLICKHOUSE_USER =
      ConfigOptions.key("clickhouse.user")
          .stringType()
          .defaultValue("default")
          .withDescription("Who writes to ClickHouse and brings its tables up to date.");

  public static final ConfigOption<String> CLICKHOUSE_PASSWORD =
      ConfigOptions.key("clickhouse.password")
          .stringType()
          .defaultValue("")
          .withDescription("That user's password; best given in the environment.");

  public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
      ConfigOptions.key("checkpoint.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "Time between checkpoints, at least 100 ms; what a restart reads again at most.");

  /** All of them, in the order of the reference page. */
  static final List<ConfigOption<?>> ALL =
      List.of(
          KAFKA_BOOTSTRAP_SERVERS,
          KAFKA_PROPERTIES,
          CLICKHOUSE_URL,
          CLICKHOUSE_USER,
          CLICKHOUSE_PASSWORD,
          CHECKPOINT_INTERVAL);

  private JobOptions() {}

  /**
   * Where Kafka is.
   *
   * @throws IllegalArgumentException naming the item
   */
  public static KafkaConnection kafka(Configuration settings) {
    return new KafkaConnection(
        settings.get(KAFKA_BOOTSTRAP_SERVERS), settings.get(KAFKA_PROPERTIES));
  }

  /**
   * Where ClickHouse is.
   *
   * @throws IllegalArgumentException naming the item
   */
  public static ClickHouseConnection clickHouse(Configuration settings) {
    return new ClickHouseConnection(
        settings.get(CLICKHOUSE_URL),
        settings.get(CLICKHOUSE_USER),
        settings.get(CLICKHOUSE_PASSWORD));
  }
}
