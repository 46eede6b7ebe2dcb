package io.evalstream.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigurationTest {

  @TempDir private Path directory;

  @Test
  void theEnvironmentBeatsTheFile() throws IOException {
    Path file = file("kafka.bootstrap.servers=file:9092", "checkpoint.interval=2 s");

    Configuration settings =
        read(file, Map.of("EVALSTREAM_KAFKA_BOOTSTRAP_SERVERS", "variable:9092"));

    assertThat(JobOptions.kafka(settings).bootstrapServers()).isEqualTo("variable:9092");
    assertThat(settings.get(JobOptions.CHECKPOINT_INTERVAL)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void kafkasOwnSettingsComeFromBoth() throws IOException {
    Path file =
        file(
            "kafka.bootstrap.servers=broker:9092",
            "kafka.properties.security.protocol=SASL_SSL",
            "kafka.properties.sasl.mechanism=PLAIN");
    assertThat(JobOptions.kafka(read(file, Map.of())).properties())
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "PLAIN"));

    Configuration variables =
        JobConfiguration.read(
            new String[0],
            Map.of(
                "EVALSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                "broker:9092",
                "EVALSTREAM_KAFKA_PROPERTIES",
                "security.protocol:SSL,ssl.truststore.type:PEM"));
    assertThat(JobOptions.kafka(variables).properties())
        .isEqualTo(Map.of("security.protocol", "SSL", "ssl.truststore.type", "PEM"));
  }

  @Test
  void clickHouseHasDefaultsForAllButItsAddress() {
    Configuration settings =
        JobConfiguration.read(
            new String[0], Map.of("EVALSTREAM_CLICKHOUSE_URL", "jdbc:clickhouse://store:8123/db"));
    assertThat(JobOptions.clickHouse(settings).user()).isEqualTo("default");
    assertThat(JobOptions.clickHouse(settings).password()).isEmpty();

    Configuration nothing = JobConfiguration.read(new String[0], Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobOptions.clickHouse(nothing))
        .withMessage("clickhouse.url is not an address: give jdbc:clickhouse://host:port/database");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobOptions.kafka(nothing))
        .withMessage("kafka.bootstrap.servers is missing: give host:port of a broker");
  }

  @Test
  void whatIsAtFaultIsNamed() throws IOException {
    Path unknown = file("kafka.bootstrap.server=broker:9092");
    assertRefused(
        unknown,
        "kafka.bootstrap.server in "
            + unknown
            + " is no setting: known are kafka.bootstrap.servers, kafka.properties,"
            + " clickhouse.url, clickhouse.user, clickhouse.password, checkpoint.interval");
    Path absent = directory.resolve("absent");
    assertRefused(
        absent, "configuration file " + absent + " cannot be read: give a file of key=value lines");
    assertRefused(
        file("checkpoint.interval=soon"),
        "checkpoint.interval cannot be read: see the configuration page for its form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobConfiguration.read(new String[] {"serving"}, Map.of()))
        .withMessage("the arguments are not understood: give --config FILE, or nothing");
  }

  private void assertRefused(Path file, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file, Map.of()))
        .withMessage(sentence);
  }

  private static Configuration read(Path file, Map<String, String> environment) {
    return JobConfiguration.read(new String[] {"--config", file.toString()}, environment);
  }

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("job.properties"), List.of(lines));
  }
}
