package io.evalstream.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.TestJvm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  private static final String TOPIC = "numbers";

  @TempDir Path directory;

  @Test
  void aRestartKeepsTheRecordsAndTheClusterId() throws Exception {
    String clusterId;
    int port;
    try (EmbeddedKafka first = start()) {
      createTopic(first.bootstrapServers());
      produce(first.bootstrapServers(), "a", "b", "c");
      assertThat(consume(first.bootstrapServers(), 3)).containsExactly("a", "b", "c");
      clusterId = clusterId(first);
      port = first.port();
    }

    try (EmbeddedKafka second = EmbeddedKafka.start(new KafkaSettings(directory, port))) {
      produce(second.bootstrapServers(), "d");

      assertThat(consume(second.bootstrapServers(), 4)).containsExactly("a", "b", "c", "d");
      assertThat(clusterId(second)).isEqualTo(clusterId);
    }
  }

  @Test
  void aKillLosesNothingThatWasAcknowledged() throws Exception {
    try (TestJvm broker = TestJvm.start(KafkaHolder.class, directory.toString())) {
      createTopic(broker.firstLine());
      produce(broker.firstLine(), "a", "b", "c");
    }

    try (EmbeddedKafka second = start()) {
      produce(second.bootstrapServers(), "d");

      assertThat(consume(second.bootstrapServers(), 4)).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void topicsAreNotCreatedByUse() throws Exception {
    try (EmbeddedKafka kafka = start();
        Admin admin = admin(kafka.bootstrapServers());
        KafkaProducer<String, String> producer = producer(kafka.bootstrapServers(), 1_000)) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("nobody", "x")).get())
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> admin.describeTopics(List.of("nobody")).allTopicNames().get())
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      KafkaSettings settings = new KafkaSettings(directory, taken.getLocalPort());

      assertThatThrownBy(() -> EmbeddedKafka.start(settings))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " for Kafka");
    }
  }

  @Test
  void aSecondBrokerOnTheSameDirectoryIsRefused() throws Exception {
    try (EmbeddedKafka first = start()) {
      assertThatThrownBy(this::start)
          .isInstanceOf(LocalStackException.class)
          .hasMessageStartingWith("Kafka is already running in the directory " + directory);

      createTopic(first.bootstrapServers());
    }
  }

  @Test
  void aBrokerThatCannotGoOnEndsItsProcessAsBroken() throws Exception {
    try (TestJvm broken = TestJvm.start(BrokenBroker.class)) {
      assertThat(broken.exitStatus()).isEqualTo(BrokerFaults.BROKE);
    }
  }

  private EmbeddedKafka start() {
    return EmbeddedKafka.start(new KafkaSettings(directory, 0));
  }

  private static void createTopic(String bootstrap) throws Exception {
    try (Admin admin = admin(bootstrap)) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static String clusterId(EmbeddedKafka kafka) throws Exception {
    try (Admin admin = admin(kafka.bootstrapServers())) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void produce(String bootstrap, String... values) throws Exception {
    try (KafkaProducer<String, String> producer = producer(bootstrap, 30_000)) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(TOPIC, value)).get();
      }
    }
  }

  /** Reads until this many values have come, or half a minute is over. */
  private static List<String> consume(String bootstrap, int count) {
    Map<String, Object> configuration =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "group.id",
            "test",
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false");
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(configuration, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private static Admin admin(String bootstrap) {
    return Admin.create(Map.of("bootstrap.servers", bootstrap));
  }

  private static KafkaProducer<String, String> producer(String bootstrap, int maxBlockMillis) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrap, "max.block.ms", maxBlockMillis),
        new StringSerializer(),
        new StringSerializer());
  }
}
