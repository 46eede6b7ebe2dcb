package io.evalstream.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.evalstream.jobs.clickhouse.ClickHouseConnection;
import io.evalstream.jobs.kafka.KafkaConnection;
import io.evalstream.jobs.serving.ServingConfig;
import io.evalstream.jobs.store.StoreConfig;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final KafkaConnection KAFKA = new KafkaConnection("broker:9092", Map.of());
  private static final ClickHouseConnection CLICK_HOUSE =
      new ClickHouseConnection("jdbc:clickhouse://host:8123/db", "default", "");

  @Test
  void theServingJobsItemsAreNamed() {
    assertRefused(() -> new ServingConfig(null, 1, 1, SECOND), "kafka is missing: say where it is");
    assertRefused(() -> new ServingConfig(KAFKA, 0, 1, SECOND), "epoch is 0: it counts from 1");
    assertRefused(
        () -> new ServingConfig(KAFKA, 1, 0, SECOND), "parallelism is 0: give at least 1");
    assertRefused(
        () -> new ServingConfig(KAFKA, 1, 1, Duration.ofMillis(99)),
        "checkpoint interval is PT0.099S: give at least 100 ms");
    assertThatCode(() -> new ServingConfig(KAFKA, 1, 1, Duration.ofMillis(100)))
        .doesNotThrowAnyException();
  }

  @Test
  void theStoreJobsItemsAreNamed() {
    assertRefused(
        () -> new StoreConfig(null, CLICK_HOUSE, SECOND), "kafka is missing: say where it is");
    assertRefused(
        () -> new StoreConfig(KAFKA, null, SECOND), "clickhouse is missing: say where it is");
    assertRefused(
        () -> new StoreConfig(KAFKA, CLICK_HOUSE, null),
        "checkpoint interval is null: give at least 100 ms");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = " ")
  void kafkaNeedsAnAddress(String address) {
    assertRefused(
        () -> new KafkaConnection(address, Map.of()),
        "kafka.bootstrap.servers is missing: give host:port of a broker");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "http://host:8123",
        "jdbc:postgresql://host/db",
        "jdbc:clickhouse:",
        "jdbc:clickhouse://"
      })
  void clickHouseNeedsAnAddress(String url) {
    assertRefused(
        () -> new ClickHouseConnection(url, "default", ""),
        "clickhouse.url is not an address: give jdbc:clickhouse://host:port/database");
  }

  @Test
  void clickHouseNeedsAUser() {
    assertRefused(
        () -> new ClickHouseConnection("jdbc:clickhouse://host:8123/db", null, ""),
        "clickhouse.user or clickhouse.password is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:clickhouse://host:8123/db, ClickHouse at host:8123",
    "jdbc:clickhouse:https://host:8443/db, ClickHouse at host:8443",
    "jdbc:clickhouse://host/db?password=hunter2, ClickHouse at host",
    "jdbc:clickhouse://me:hunter2@host:8123/db, ClickHouse at host:8123",
    "jdbc:clickhouse://host?ssl_key=hunter2, ClickHouse at host",
    "'jdbc:clickhouse://a:1,b:2/db', 'ClickHouse at a:1,b:2'",
  })
  void clickHouseIsShownWithoutSecrets(String url, String shown) {
    assertThat(new ClickHouseConnection(url, "me", "hunter2")).hasToString(shown);
  }

  @Test
  void noConfigurationShowsASecret() {
    KafkaConnection kafka =
        new KafkaConnection("broker:9092", Map.of("sasl.jaas.config", "password=hunter2"));
    ClickHouseConnection clickHouse =
        new ClickHouseConnection("jdbc:clickhouse://host:8123/db", "me", "hunter2");

    assertThat(kafka).hasToString("KafkaConnection[bootstrapServers=broker:9092]");
    assertThat(new ServingConfig(kafka, 1, 1, SECOND).toString()).doesNotContain("hunter2");
    assertThat(new StoreConfig(kafka, clickHouse, SECOND).toString()).doesNotContain("hunter2");
  }

  @Test
  void everyJobIsSafeToRescaleAndRefusesSlowTypes() {
    Configuration settings = JobSettings.of("job", SECOND);

    assertThat(settings.get(PipelineOptions.NAME)).isEqualTo("job");
    assertThat(settings.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(720);
    assertThat(settings.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(settings.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEqualTo(SECOND);
  }

  private static void assertRefused(ThrowingCallable call, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(sentence);
  }
}
