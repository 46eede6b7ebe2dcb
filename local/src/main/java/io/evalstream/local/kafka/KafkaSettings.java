package io.evalstream.local.kafka;

import io.evalstream.local.LoopbackPorts;
import java.nio.file.Path;

/**
 * What an {@link EmbeddedKafka} needs to know.
 *
 * @param directory where the logs are; created and formatted when missing; one broker at a time
 * @param port the clients' port on 127.0.0.1, {@link LoopbackPorts#ANY} for a free one
 */
public record KafkaSettings(Path directory, int port) {

  public KafkaSettings {
    directory = directory.toAbsolutePath();
    LoopbackPorts.requireValid(port, "Kafka");
  }

  Path logDirectory() {
    return directory.resolve("logs");
  }
}
