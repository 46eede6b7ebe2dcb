package io.evalstream.local.stack;

import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts on topics what nobody can read, under a key that says so. */
final class Poison {

  /** No key of the contract. */
  static final byte[] KEY = {'x'};

  /** Near to the most that a broker takes. */
  static final int HUGE = 1_000_000;

  private Poison() {}

  /** Values that keep no topic's contract, each in another way. */
  static List<byte[]> values(String runId) {
    String known = "{\"v\":1,\"run_id\":\"" + runId + "\",\"producer_id\":\"gen-0\",\"sequence\":";
    List<byte[]> values = new ArrayList<>();
    for (String text :
        List.of(
            "",
            "not JSON",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{}",
            known,
            known + "0}",
            known + "\"0\"}",
            known + "1e3}",
            known + "-1}",
            known + "null}",
            known + "{\"a\":1}}",
            known + "9".repeat(100) + "}",
            known + "9".repeat(100_000) + "}",
            known + "1e999999999}",
            known + "0} trailing",
            known + "0,\"type\":[\"plan\"]}",
            "[".repeat(HUGE),
            "{\"a\":".repeat(HUGE / 5),
            known + "0,\"unknown\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
            known + "0,\"" + "n".repeat(HUGE) + "\":1}",
            known + "0,\"unknown\":\"" + "s".repeat(HUGE) + "\"}",
            "z".repeat(HUGE))) {
      values.add(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] invalidUtf8 = (known + "0,\"scenario\":\"??\"}").getBytes(StandardCharsets.UTF_8);
    invalidUtf8[invalidUtf8.length - 4] = (byte) 0xC3;
    invalidUtf8[invalidUtf8.length - 3] = (byte) 0xFF;
    values.add(invalidUtf8);
    byte[] binary = new byte[HUGE];
    Arrays.fill(binary, (byte) 0xFF);
    values.add(binary);
    return values;
  }

  /** Sends it all to every topic; says topic, partition, offset and length of each. */
  static List<String> send(String bootstrapServers, List<byte[]> values) throws Exception {
    List<String> lines = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> kafka = producer(bootstrapServers)) {
      for (Topic topic : Topic.values()) {
        for (int i = 0; i < values.size(); i++) {
          int partition = i % topic.partitions();
          Future<RecordMetadata> sent =
              kafka.send(new ProducerRecord<>(topic.text(), partition, KEY, values.get(i)));
          lines.add(line(topic, sent.get(), values.get(i).length));
        }
        Future<RecordMetadata> tombstone =
            kafka.send(new ProducerRecord<>(topic.text(), 0, KEY, null));
        if (topic == Topic.RUNS) {
          tombstone.get(); // means something there
        } else {
          lines.add(line(topic, tombstone.get(), 0));
        }
      }
    }
    return lines.stream().sorted().toList();
  }

  /** Much of it in little time; says the topic, as {@link #send} does. */
  static List<String> flood(String bootstrapServers, int records, int bytesEach) throws Exception {
    byte[] value = new byte[bytesEach];
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> kafka = producer(bootstrapServers)) {
      for (int i = 0; i < records; i++) {
        sent.add(kafka.send(new ProducerRecord<>(Topic.TOKEN_TIMINGS.text(), 0, KEY, value)));
      }
    }
    List<String> lines = new ArrayList<>();
    for (Future<RecordMetadata> record : sent) {
      lines.add(line(Topic.TOKEN_TIMINGS, record.get(), bytesEach));
    }
    return lines;
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static String line(Topic topic, RecordMetadata sent, int length) {
    return topic.text() + " " + sent.partition() + " " + sent.offset() + " " + length;
  }

  /** The same of what ClickHouse holds as unreadable and says why. */
  static String sql() {
    return "SELECT concat(topic, ' ', toString(partition), ' ', toString(offset), ' ',"
        + " toString(raw_length)) AS line FROM dead_letters_current WHERE code = 'unreadable'"
        + " AND reason != '' ORDER BY line";
  }
}
