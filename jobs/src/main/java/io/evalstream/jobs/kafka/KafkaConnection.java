package io.evalstream.jobs.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers {@code host:port} of one or more brokers, separated by commas
 * @param properties further client settings (TLS, SASL); their values may be secrets
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> properties)
    implements Serializable {

  /**
   * Validates the address.
   *
   * @throws IllegalArgumentException when it is missing
   */
  public KafkaConnection {
    if (bootstrapServers == null || bootstrapServers.isBlank()) {
      throw new IllegalArgumentException(
          "kafka.bootstrap.servers is missing: give host:port of a broker");
    }
    properties = Map.copyOf(properties);
  }

  Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    return all;
  }

  @Override
  public String toString() {
    return "KafkaConnection[bootstrapServers=" + bootstrapServers + "]";
  }
}
