package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The runs whose plans lie on topic {@code runs}, which keeps them for ever. */
public final class PublishedRuns {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private PublishedRuns() {}

  /**
   * Whether a run was published before.
   *
   * @return false also when Kafka cannot be read: whoever publishes then says what is wrong with it
   */
  public static boolean contain(KafkaConfig kafka, String runId) {
    TopicPartition partition =
        new TopicPartition(Topic.RUNS.text(), Partitions.of(Topic.RUNS, utf8(runId)));
    byte[] key = utf8(runId + "/plan");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      long end = consumer.endOffsets(List.of(partition), LIMIT).get(partition);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (consumer.position(partition, LIMIT) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LIMIT)) {
          if (Arrays.equals(record.key(), key)) {
            return true;
          }
        }
      }
      return false;
    } catch (KafkaException e) {
      return false;
    }
  }

  private static Map<String, Object> settings(KafkaConfig kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.properties());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "evalstream-known-runs");
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
    return settings;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
