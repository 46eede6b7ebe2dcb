package io.evalstream.loadgenerator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.EventCodec;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka that goes away during a run. */
@Timeout(30)
class SpillTest {

  private static final String RUN = "20260101-a";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void recordsThatWaitedComeInOrderAndWithoutGaps() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaEventPublisher publisher = publisher(producer, 1 << 20);
    publish(publisher, 0, 50);
    Path file = awaitFile();
    assertThat(publisher.spill().file()).isEqualTo(file);

    completeUntilSent(producer, publisher);
    publish(publisher, 50, 60);
    completeUntilSent(producer, publisher);

    assertThat(sequences(producer)).isEqualTo(LongStream.range(0, 60).boxed().toList());
    SpillReport report = publisher.spill();
    assertThat(report.records()).isPositive();
    assertThat(report.dropped()).isZero();
    assertThat(report.waiting()).isZero();
    assertThat(report.secondsAway()).isPositive();
    assertThat(publisher.dropped()).isZero();
    publisher.close(LIMIT);
    assertThat(file).doesNotExist();
  }

  @Test
  void aFullFileDropsAndLeavesNoGap() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaEventPublisher publisher = publisher(producer, 3000);
    publish(publisher, 0, 50);
    awaitDrop(publisher);
    completeUntilSent(producer, publisher);
    publish(publisher, 50, 51);
    completeUntilSent(producer, publisher);

    SpillReport report = publisher.spill();
    assertThat(report.dropped()).isPositive().isEqualTo(publisher.dropped());
    List<Long> sequences = sequences(producer);
    assertThat(sequences).isEqualTo(LongStream.range(0, 51 - report.dropped()).boxed().toList());
    publisher.close(LIMIT);
  }

  @Test
  void aRefusalOfTheProducerIsAlsoAway() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(true);
    producer.sendException = new TimeoutException("no metadata");
    KafkaEventPublisher publisher = publisher(producer, 1 << 20);
    publish(publisher, 0, 5);
    awaitFile();
    producer.sendException = null;

    assertThat(publisher.flush(LIMIT)).isTrue();
    assertThat(sequences(producer)).containsExactly(0L, 1L, 2L, 3L, 4L);
    publisher.close(LIMIT);
  }

  @Test
  void whatKafkaNeverTookStaysInTheFileAndTheNextStartSaysSo() throws Exception {
    MockProducer<byte[], byte[]> producer = producer(false);
    KafkaEventPublisher publisher = publisher(producer, 1 << 20);
    publish(publisher, 0, 20);
    assertThat(publisher.flush(Duration.ofMillis(50))).isFalse();
    KafkaConnection.refuseLeftovers(directory); // its process lives
    assertThat(publisher.acknowledged()).isEmpty();
    assertThat(publisher.accepted()).isEqualTo(Map.of("token-timings", new SentCount(20, 60)));
    publisher.close(LIMIT);
    Path file = awaitFile();

    assertThatThrownBy(() -> KafkaConnection.refuseLeftovers(directory))
        .isInstanceOf(PublishException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("holds 20 records of an earlier run");

    MockProducer<byte[], byte[]> later = producer(true);
    try (SpillFile left = SpillFile.leftBehind(file)) {
      assertThat(KafkaConnection.resend(later, left)).isEqualTo(20);
    }
    assertThat(sequences(later)).isEqualTo(LongStream.range(0, 20).boxed().toList());
  }

  @Test
  void aRecordThatWasCutIsNotThere() throws IOException {
    Path path = written(3);
    byte[] bytes = Files.readAllBytes(path);
    Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(keys(path)).containsExactly("k0", "k1");
  }

  @Test
  void aRecordThatWasChangedIsNoticed() throws IOException {
    Path path = written(3);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1]++;
    Files.write(path, bytes);

    assertThatThrownBy(() -> keys(path)).hasMessageContaining("is damaged at byte");
  }

  @Test
  void anotherFileIsNotRead() throws IOException {
    Path path = Files.writeString(directory.resolve("a.spill"), "nothing of the kind");

    assertThatThrownBy(() -> SpillFile.leftBehind(path))
        .hasMessageContaining("is no file of records that wait for Kafka");
  }

  private Path written(int records) throws IOException {
    try (SpillFile file = SpillFile.create(directory, RUN, "p")) {
      for (int i = 0; i < records; i++) {
        byte[] text = ("k" + i).getBytes(StandardCharsets.UTF_8);
        file.append(new OutgoingRecord(Topic.RUNS, 1, text, text, i));
      }
      return file.path();
    }
  }

  private static List<String> keys(Path path) throws IOException {
    List<String> keys = new ArrayList<>();
    try (SpillFile file = SpillFile.leftBehind(path)) {
      for (OutgoingRecord next = file.next(); next != null; next = file.next()) {
        keys.add(new String(next.key(), StandardCharsets.UTF_8));
      }
    }
    return keys;
  }

  private KafkaEventPublisher publisher(MockProducer<byte[], byte[]> producer, long maxBytes) {
    SpillOptions options = new SpillOptions(directory, maxBytes, LIMIT);
    return new KafkaEventPublisher(producer, 1000, options, 500);
  }

  private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
    return new MockProducer<>(
        autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void publish(KafkaEventPublisher publisher, int from, int to) {
    for (int i = from; i < to; i++) {
      publisher.publish(
          Topic.TOKEN_TIMINGS,
          "r",
          sequence ->
              new TokenTimings(
                  1, RUN, "p", sequence, "default", "r", 0, 10, new int[] {1}, new int[] {1, 2}));
    }
  }

  private static void completeUntilSent(
      MockProducer<byte[], byte[]> producer, KafkaEventPublisher publisher) throws Exception {
    Thread broker =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                producer.completeNext();
                Thread.onSpinWait();
              }
            });
    broker.start();
    assertThat(publisher.flush(LIMIT)).isTrue();
    broker.interrupt();
    broker.join();
  }

  /** The file that appears when the first record cannot be sent. */
  private Path awaitFile() throws IOException {
    Optional<Path> file = Optional.empty();
    while (file.isEmpty()) {
      try (Stream<Path> files = Files.list(directory)) {
        file = files.findFirst();
      }
      Thread.onSpinWait();
    }
    return file.get();
  }

  /** Nothing is acknowledged meanwhile, so the file must become full. */
  private static void awaitDrop(KafkaEventPublisher publisher) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (publisher.dropped() == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  private static List<Long> sequences(MockProducer<byte[], byte[]> producer) {
    List<ProducerRecord<byte[], byte[]>> history = producer.history();
    return IntStream.range(0, history.size())
        .mapToObj(i -> EventCodec.decode(history.get(i).value(), TokenTimings.class).sequence())
        .toList();
  }
}
