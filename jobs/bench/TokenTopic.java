package io.evalstream.bench;

import io.evalstream.events.Topic;
import io.evalstream.local.LoopbackPorts;
import io.evalstream.local.kafka.EmbeddedKafka;
import io.evalstream.local.kafka.KafkaSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker in this process whose topic {@code token-timings} holds the records. What an earlier run
 * left in the directory is used again.
 */
final class TokenTopic implements AutoCloseable {

  private final EmbeddedKafka kafka;
  private final Records.Shape shape;
  private final long records;
  private final long tokens;
  private final long bytes;

  private TokenTopic(EmbeddedKafka kafka, Records.Shape shape, long[] filled) {
    this.kafka = kafka;
    this.shape = shape;
    records = filled[0];
    tokens = filled[1];
    bytes = filled[2];
  }

  static TokenTopic open(Path directory, Records.Shape shape)
      throws IOException, InterruptedException, ExecutionException {
    Path ready = directory.resolve(shape.count() + "-records");
    Files.createDirectories(directory);
    EmbeddedKafka kafka =
        EmbeddedKafka.start(new KafkaSettings(
                directory.resolve("kafka-" + shape.count()), LoopbackPorts.ANY));
    if (!Files.exists(ready)) {
      Files.writeString(ready, fill(kafka.bootstrapServers(), shape));
    }
    long[] filled =
        Arrays.stream(Files.readString(ready).split(" ")).mapToLong(Long::parseLong).toArray();
    return new TokenTopic(kafka, shape, filled);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  Records.Shape shape() {
    return shape;
  }

  long records() {
    return records;
  }

  long tokens() {
    return tokens;
  }

  /** Bytes of JSON. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    kafka.close();
  }

  /** With the settings of a load generator's producer. */
  private static String fill(String bootstrapServers, Records.Shape shape)
      throws InterruptedException, ExecutionException {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(settings)) {
      List<NewTopic> topics =
          Arrays.stream(Topic.values())
              .map(
                  topic ->
                      new NewTopic(topic.text(), topic.partitions(), (short) 1)
                          .configs(topic.configuration()))
              .toList();
      admin.createTopics(topics).all().get();
    }
    Map<String, Object> producing =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "linger.ms",
            20,
            "compression.type",
            "lz4",
            "batch.size",
            128 << 10,
            "buffer.memory",
            64L << 20);
    Records records = new Records(shape, System.currentTimeMillis() * 1_000);
    AtomicReference<Exception> failure = new AtomicReference<>();
    long tokens = 0;
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < shape.count(); i++) {
        Records.Sent record = records.next();
        tokens += record.tokens();
        bytes += record.json().length;
        producer.send(
            new ProducerRecord<>(
                Topic.TOKEN_TIMINGS.text(), record.partition(), record.key(), record.json()),
            (sent, error) -> failure.compareAndSet(null, error));
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("The topic could not be filled", failure.get());
    }
    return shape.count() + " " + tokens + " " + bytes;
  }
}
