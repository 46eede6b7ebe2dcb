package io.evalstream.loadgenerator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.Event;
import io.evalstream.events.EventCodec;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.ProducerState;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KafkaEventPublisherTest {

  private static final String RUN = "20260101-a";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void recordsAreNumberedPerTopicAndPartitionWithoutGaps() {
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaEventPublisher publisher = new KafkaEventPublisher(producer, null);
    for (int i = 0; i < 500; i++) {
      publisher.publish(Topic.TOKEN_TIMINGS, "request-" + i, timings("request-" + i)::at);
      publisher.publish(Topic.GENERATOR_HEALTH, "p", this::health);
    }
    assertThat(publisher.flush(LIMIT)).isTrue();

    Map<String, List<Long>> sequences = new TreeMap<>();
    for (ProducerRecord<byte[], byte[]> record : producer.history()) {
      Event event =
          record.topic().equals("token-timings")
              ? EventCodec.decode(record.value(), TokenTimings.class)
              : EventCodec.decode(record.value(), GeneratorHealth.class);
      sequences
          .computeIfAbsent(record.topic() + record.partition(), key -> new ArrayList<>())
          .add(event.sequence());
    }
    assertThat(sequences).hasSize(13);
    sequences.forEach(
        (partition, numbers) -> {
          for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
          }
        });
    publisher.close(LIMIT);
  }

  @Test
  void thePartitionIsKafkasOwnForThePartitionKey() {
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaEventPublisher publisher = new KafkaEventPublisher(producer, null);
    publisher.publish(Topic.TOKEN_TIMINGS, "request-7", timings("request-7")::at);
    publisher.publish(Topic.RUNS, RUN, this::started);
    assertThat(publisher.flush(LIMIT)).isTrue();

    ProducerRecord<byte[], byte[]> timings = producer.history().get(0);
    assertThat(timings.key()).asString(StandardCharsets.UTF_8).isEqualTo("request-7");
    assertThat(timings.partition())
        .isEqualTo(BuiltInPartitioner.partitionForKey(timings.key(), 12));
    ProducerRecord<byte[], byte[]> run = producer.history().get(1);
    assertThat(run.key()).asString(StandardCharsets.UTF_8).isEqualTo(RUN + "/p");
    assertThat(run.partition())
        .isEqualTo(BuiltInPartitioner.partitionForKey(RUN.getBytes(StandardCharsets.UTF_8), 4));
    publisher.close(LIMIT);
  }

  @Test
  void onlyWhatIsAcknowledgedCountsAsSent() throws InterruptedException {
    CountDownLatch sent = new CountDownLatch(3);
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, Callback callback) {
            Future<RecordMetadata> future = super.send(record, callback);
            sent.countDown();
            return future;
          }
        };
    KafkaEventPublisher publisher = new KafkaEventPublisher(producer, null);
    for (int i = 0; i < 3; i++) {
      publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("r")::at);
    }
    sent.await();

    assertThat(publisher.acknowledged()).isEmpty();
    assertThat(producer.completeNext()).isTrue();
    assertThat(publisher.acknowledged()).containsEntry("token-timings", new SentCount(1, 4));
    assertThat(producer.errorNext(new TimeoutException("expired"))).isTrue();
    assertThat(publisher.dropped()).isEqualTo(1);
    assertThat(publisher.flush(LIMIT)).isTrue();
    assertThat(publisher.acknowledged()).containsEntry("token-timings", new SentCount(2, 8));
    publisher.close(LIMIT);
  }

  @Test
  void aRecordThatIsRefusedUsesNoNumber() {
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaEventPublisher publisher = new KafkaEventPublisher(producer, null);
    producer.sendException = new TimeoutException("no buffer");
    publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("r")::at);
    assertThat(publisher.flush(LIMIT)).isTrue();
    assertThat(publisher.dropped()).isEqualTo(1);

    producer.sendException = null;
    publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("r")::at);
    assertThat(publisher.flush(LIMIT)).isTrue();

    assertThat(producer.history()).hasSize(1);
    assertThat(EventCodec.decode(producer.history().get(0).value(), TokenTimings.class).sequence())
        .isZero();
    publisher.close(LIMIT);
  }

  @Test
  void aFullQueueDropsAndNeverWaits() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    KafkaEventPublisher publisher =
        new KafkaEventPublisher(producer(true), 10, null, Long.MAX_VALUE);
    publisher.publish(
        Topic.TOKEN_TIMINGS,
        "r",
        sequence -> {
          blocked.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return timings("r").at(sequence);
        });
    blocked.await();
    for (int i = 0; i < 25; i++) {
      publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("r")::at);
    }
    assertThat(publisher.dropped()).isEqualTo(15);

    goOn.countDown();
    assertThat(publisher.flush(LIMIT)).isTrue();
    assertThat(publisher.acknowledged()).containsEntry("token-timings", new SentCount(11, 44));
    publisher.close(LIMIT);
  }

  @Test
  void aRecordThatBreaksTheContractIsDroppedAlone() {
    KafkaEventPublisher publisher = new KafkaEventPublisher(producer(true), null);
    publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("")::at);
    publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("r")::at);
    assertThat(publisher.flush(LIMIT)).isTrue();

    assertThat(publisher.dropped()).isEqualTo(1);
    assertThat(publisher.acknowledged()).containsEntry("token-timings", new SentCount(1, 4));
    publisher.close(LIMIT);
  }

  @Test
  void closingSendsWhatIsWaiting() {
    MockProducer<byte[], byte[]> producer = producer(true);
    KafkaEventPublisher publisher = new KafkaEventPublisher(producer, null);
    for (int i = 0; i < 100; i++) {
      publisher.publish(Topic.TOKEN_TIMINGS, "r" + i, timings("r")::at);
    }
    publisher.close(LIMIT);

    assertThat(producer.history()).hasSize(100);
    assertThat(producer.closed()).isTrue();
    publisher.publish(Topic.TOKEN_TIMINGS, "r", timings("r")::at);
    assertThat(publisher.dropped()).isEqualTo(1);
  }

  @Test
  void aKafkaThatIsAwayIsToldInOneSentence() {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.partitionsForException = new TimeoutException("Topic runs not present in metadata");

    assertThatThrownBy(() -> KafkaConnection.check(producer, "kafka:9092"))
        .isInstanceOf(PublishException.class)
        .hasMessage(
            "Kafka at kafka:9092 cannot be reached, or has no topic runs: check the address, and"
                + " that its topics were created");
  }

  @Test
  void aTopicOfAnotherShapeIsRefused() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            cluster(Topic.RUNS), true, null, new ByteArraySerializer(), new ByteArraySerializer());

    assertThatThrownBy(() -> KafkaConnection.check(producer, "kafka:9092"))
        .hasMessageContaining(
            "Topic token-timings of Kafka at kafka:9092 has 0 partitions and not 12");
    KafkaConnection.check(producer(true), "kafka:9092");
  }

  @Test
  void anAddressThatIsNoneIsWrongUse() {
    assertThatThrownBy(() -> KafkaConnection.open(new KafkaConfig("nonsense", Map.of())))
        .isInstanceOfSatisfying(PublishException.class, e -> assertThat(e.wrongUse()).isTrue())
        .hasMessageContaining("Kafka at nonsense cannot be used");
  }

  @Test
  void theSettingsThatCountCannotBeOverridden() {
    Map<String, Object> settings =
        KafkaConnection.settings(
            new KafkaConfig("kafka:9092", Map.of("acks", "1", "linger.ms", "5")));

    assertThat(settings)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("linger.ms", "5");
  }

  @Test
  void secretsAreNotShown() {
    KafkaConfig config = new KafkaConfig("k:1", Map.of("sasl.jaas.config", "password=hush"));

    assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain("hush");
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        cluster(), autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Cluster cluster() {
    return cluster(Topic.values());
  }

  private static Cluster cluster(Topic... topics) {
    Node node = new Node(0, "kafka", 9092);
    List<PartitionInfo> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(
            new PartitionInfo(topic.text(), i, node, new Node[] {node}, new Node[] {node}));
      }
    }
    return new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
  }

  /** A record of four tokens. */
  private record Timings(String requestId) {

    TokenTimings at(long sequence) {
      return new TokenTimings(
          1,
          RUN,
          "p",
          sequence,
          "default",
          requestId,
          0,
          10,
          new int[] {1, 2},
          new int[] {1, 2, 1});
    }
  }

  private static Timings timings(String requestId) {
    return new Timings(requestId);
  }

  private GeneratorHealth health(long sequence) {
    return new GeneratorHealth(1, RUN, "p", sequence, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null);
  }

  private ProducerState started(long sequence) {
    return new ProducerState(
        1, RUN, "p", sequence, 10, ProducerState.Type.STARTED, null, null, Map.of(), null, null);
  }
}
