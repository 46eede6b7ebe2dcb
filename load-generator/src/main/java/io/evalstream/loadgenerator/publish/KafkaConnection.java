package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Connects to Kafka and makes sure, before any load is sent, that it can take the records. */
public final class KafkaConnection {

  private static final List<Topic> TOPICS =
      List.of(
          Topic.RUNS,
          Topic.TOKEN_TIMINGS,
          Topic.REQUEST_OUTCOMES,
          Topic.GENERATOR_HEALTH,
          Topic.SERVER_METRICS);
  private static final int MAX_BLOCK_MS = 10_000;

  private KafkaConnection() {}

  /**
   * A publisher to that Kafka.
   *
   * @throws PublishException within about ten seconds, when it cannot be reached or lacks a topic
   */
  public static EventPublisher open(KafkaConfig config) {
    if (config.spill() != null) {
      refuseLeftovers(config.spill().directory());
    }
    Producer<byte[], byte[]> producer = producer(config);
    return new KafkaEventPublisher(producer, config.spill());
  }

  /**
   * Sends the records of a file that an earlier run left behind, and removes it.
   *
   * @return how many there were
   * @throws PublishException when they cannot all be sent; the file then stays as it is
   */
  public static long resend(KafkaConfig config, Path path) {
    Producer<byte[], byte[]> producer = producer(config);
    try (SpillFile file = SpillFile.leftBehind(path)) {
      long count = resend(producer, file);
      file.delete();
      return count;
    } catch (IOException | KafkaException e) {
      throw new PublishException(
          "The records of %s were not all sent, and it stays: %s".formatted(path, e.getMessage()),
          false,
          e);
    } finally {
      producer.close(Duration.ofSeconds(5));
    }
  }

  static long resend(Producer<byte[], byte[]> producer, SpillFile file) throws IOException {
    long count = 0;
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (OutgoingRecord next = file.next(); next != null; next = file.next()) {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(next.topic().text(), next.partition(), next.key(), next.value()),
              (metadata, e) -> failure.compareAndSet(null, e));
      count++;
    }
    producer.flush();
    if (failure.get() != null) {
      throw new IOException(failure.get().getMessage(), failure.get());
    }
    return count;
  }

  static void refuseLeftovers(Path directory) {
    try {
      Optional<Path> left = SpillFile.firstLeftBehind(directory);
      if (left.isPresent()) {
        throw new PublishException(
            ("%s holds %d records of an earlier run that Kafka may not have: send them with"
                    + " ./evalstream resend %s, or move the file away, then start again")
                .formatted(left.get(), count(left.get()), left.get()),
            true,
            null);
      }
    } catch (IOException e) {
      throw new PublishException(
          "The directory %s for records that wait for Kafka cannot be used: %s"
              .formatted(directory, e.getMessage()),
          true,
          e);
    }
  }

  private static long count(Path path) throws IOException {
    try (SpillFile file = SpillFile.leftBehind(path)) {
      long count = 0;
      while (file.next() != null) {
        count++;
      }
      return count;
    }
  }

  private static Producer<byte[], byte[]> producer(KafkaConfig config) {
    Producer<byte[], byte[]> producer;
    try {
      producer =
          new KafkaProducer<>(
              settings(config), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (ConfigException e) {
      throw unusable(config, e);
    } catch (KafkaException e) {
      throw unusable(config, e.getCause() == null ? e : e.getCause());
    }
    try {
      check(producer, config.bootstrapServers());
    } catch (PublishException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
    return producer;
  }

  static Map<String, Object> settings(KafkaConfig config) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "evalstream-generator");
    settings.putAll(config.properties());
    if (config.spill() != null) {
      // a record that the producer gave up would be overtaken by those that wait in the file
      settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    }
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    return settings;
  }

  static void check(Producer<byte[], byte[]> producer, String address) {
    for (Topic topic : TOPICS) {
      int partitions = partitions(producer, address, topic);
      if (partitions != topic.partitions()) {
        throw new PublishException(
            "Topic %s of Kafka at %s has %d partitions and not %d: another version made it, so publish to another Kafka"
                .formatted(topic.text(), address, partitions, topic.partitions()),
            true,
            null);
      }
    }
  }

  private static int partitions(Producer<byte[], byte[]> producer, String address, Topic topic) {
    try {
      return producer.partitionsFor(topic.text()).size();
    } catch (TimeoutException e) {
      String what =
          topic == TOPICS.get(0)
              ? "cannot be reached, or has no topic " + topic.text()
              : "has no topic " + topic.text();
      throw new PublishException(
          "Kafka at %s %s: check the address, and that its topics were created"
              .formatted(address, what),
          false,
          e);
    } catch (AuthenticationException | AuthorizationException e) {
      throw new PublishException(
          "Kafka at %s does not let this user in (topic %s): check the security settings"
              .formatted(address, topic.text()),
          true,
          e);
    } catch (KafkaException e) {
      throw new PublishException(
          "Kafka at %s cannot be used: %s".formatted(address, e.getMessage()), false, e);
    }
  }

  private static PublishException unusable(KafkaConfig config, Throwable cause) {
    return new PublishException(
        "Kafka at %s cannot be used: %s; check the address and the settings"
            .formatted(config.bootstrapServers(), cause.getMessage()),
        true,
        cause);
  }
}
