package io.evalstream.loadgenerator.publish;

import java.util.Map;
import java.util.TreeSet;

/**
 * Which Kafka to publish to.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties further settings of Kafka's producer, such as TLS and SASL
 * @param spill where records wait while Kafka is away; null for nowhere: then what Kafka does not
 *     take in time is dropped and counted
 */
public record KafkaConfig(
    String bootstrapServers, Map<String, String> properties, SpillOptions spill) {

  /** Without a file for records that must wait. */
  public KafkaConfig(String bootstrapServers, Map<String, String> properties) {
    this(bootstrapServers, properties, null);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public KafkaConfig {
    if (bootstrapServers == null || bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("kafka is empty: give it as host:port");
    }
    properties = Map.copyOf(properties);
  }

  /** Names the properties but keeps their values back, which may be secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[" + bootstrapServers + ", " + new TreeSet<>(properties.keySet()) + "]";
  }
}
