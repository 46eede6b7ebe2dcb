package io.evalstream.local.stack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evalstream.events.Topic;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * All that lay on Kafka when the golden savepoints were made, and what came after: a JSON object a
 * line.
 */
final class GoldenLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * A record.
   *
   * @param after whether it came after the savepoints
   */
  record Line(
      String topic,
      int partition,
      long offset,
      long appendedAtMs,
      boolean after,
      String key,
      String value) {}

  private final List<Line> lines;

  private GoldenLog(List<Line> lines) {
    this.lines = lines;
  }

  static List<TopicPartition> partitions() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        partitions.add(new TopicPartition(topic.text(), partition));
      }
    }
    return partitions;
  }

  /** Takes all from a broker; what lies from these offsets on came after. */
  static GoldenLog take(String bootstrapServers, Map<TopicPartition, Long> afterwards) {
    List<Line> lines = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(partitions());
      consumer.seekToBeginning(partitions());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions());
      while (partitions().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<String, String> r : consumer.poll(Duration.ofSeconds(1))) {
          long end = afterwards.get(new TopicPartition(r.topic(), r.partition()));
          boolean after = r.offset() >= end;
          lines.add(
              new Line(
                  r.topic(), r.partition(), r.offset(), r.timestamp(), after, r.key(), r.value()));
        }
      }
    }
    return new GoldenLog(lines);
  }

  void write(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Line line : lines) {
        out.write(JSON.writeValueAsString(line));
        out.write('\n');
      }
    }
  }

  static GoldenLog read(Path file) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(JSON.readValue(line, Line.class));
      }
    }
    return new GoldenLog(lines);
  }

  /** When the last record before the savepoints came, ms since the epoch. */
  long madeAtMs() {
    return lines.stream()
        .filter(line -> !line.after())
        .mapToLong(Line::appendedAtMs)
        .max()
        .orElseThrow();
  }

  /** Lets a broker's topics keep records of long ago, with the times that they say. */
  static void keepTimes(String bootstrapServers) throws Exception {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (Topic topic : Topic.values()) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic.text()),
          List.of(
              set("message.timestamp.type", "CreateTime"),
              set("cleanup.policy", "delete"),
              set("retention.ms", "-1")));
    }
    try (Admin admin =
        Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.incrementalAlterConfigs(changes).all().get();
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  /** Puts what came before the savepoints where it lay. */
  void publishBefore(String bootstrapServers) throws Exception {
    publish(bootstrapServers, false, 0);
  }

  /** Goes on, by a clock that is shifted. */
  void publishAfter(String bootstrapServers, long shiftMs) throws Exception {
    publish(bootstrapServers, true, shiftMs);
  }

  private void publish(String bootstrapServers, boolean after, long shiftMs) throws Exception {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true);
    try (KafkaProducer<String, String> kafka =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      List<Line> chosen = lines.stream().filter(line -> line.after() == after).toList();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Line line : chosen) {
        long at = after ? System.currentTimeMillis() + shiftMs : line.appendedAtMs();
        sent.add(
            kafka.send(
                new ProducerRecord<>(
                    line.topic(), line.partition(), at, line.key(), line.value())));
      }
      for (int i = 0; i < chosen.size(); i++) {
        if (!after && sent.get(i).get().offset() != chosen.get(i).offset()) {
          throw new IllegalStateException("not where it lay: " + chosen.get(i));
        }
      }
      kafka.flush();
    }
  }
}
