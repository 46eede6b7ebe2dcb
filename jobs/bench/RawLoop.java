package io.evalstream.bench;

import io.evalstream.events.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One consumer that polls the topic from end to end and looks at nothing but lengths. */
final class RawLoop {

  private RawLoop() {}

  static Throughput run(TokenTopic topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", topic.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.TOKEN_TIMINGS.text()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      double cpu = Throughput.cpuSecondsOfThisProcess();
      long start = System.nanoTime();
      long records = 0;
      long bytes = 0;
      while (records < topic.records()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          records++;
          bytes += record.value().length;
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (bytes != topic.bytes()) {
        throw new IllegalStateException(
            "The topic holds " + bytes + " bytes instead of " + topic.bytes());
      }
      return new Throughput(
          topic.tokens(), seconds, Throughput.cpuSecondsOfThisProcess() - cpu);
    }
  }
}
