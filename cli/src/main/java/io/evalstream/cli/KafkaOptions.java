package io.evalstream.cli;

import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.publish.SpillOptions;
import io.evalstream.local.stack.StackAddresses;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which Kafka to publish to. */
final class KafkaOptions {

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "Kafka to publish to; the local stack's when one runs.")
  private String address;

  @Option(
      names = "--kafka-property",
      paramLabel = "KEY=VALUE",
      description = "Further settings of the producer (TLS, SASL).")
  private Map<String, String> properties = Map.of();

  /** Whether somebody named one. */
  boolean given() {
    return address != null;
  }

  /**
   * The one that was named, or that of the local stack; empty when there is neither.
   *
   * @param spill where records wait while it is away; null for nowhere
   */
  Optional<KafkaConfig> config(CommonOptions options, SpillOptions spill) {
    return Optional.ofNullable(address)
        .or(() -> options.stack().map(StackAddresses::kafka))
        .map(kafka -> new KafkaConfig(kafka, properties, spill));
  }
}
