package io.evalstream.bench;

import io.evalstream.events.EventCodec;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunCount;
import io.evalstream.events.Topic;
import io.evalstream.jobs.kafka.KafkaConnection;
import io.evalstream.jobs.serving.ServingConfig;
import io.evalstream.jobs.serving.ServingJob;
import io.evalstream.local.flink.EmbeddedFlink;
import io.evalstream.local.flink.RunningJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The whole serving job on the topic, with a checkpoint every second. Measured by its own counts on
 * topic {@code run-counts}, two a second: from half of the tokens, when its code is compiled, to the
 * last count before the end. Each record must be counted once.
 */
final class ServingRun {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private record Sample(RunCount count, long atMs, double cpuSeconds) {}

  private ServingRun() {}

  static Throughput run(TokenTopic topic, EmbeddedFlink flink, int slots, int epoch)
      throws InterruptedException {
    StreamExecutionEnvironment env = flink.environment(ServingJob.NAME);
    KafkaConnection kafka = new KafkaConnection(topic.bootstrapServers(), Map.of());
    ServingJob.define(env, new ServingConfig(kafka, epoch, slots, Duration.ofSeconds(1)));
    Map<String, Object> settings = Map.of("bootstrap.servers", topic.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topic.RUN_COUNTS.partitions())
              .mapToObj(partition -> new TopicPartition(Topic.RUN_COUNTS.text(), partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToEnd(partitions);
      partitions.forEach(consumer::position);
      RunningJob job = flink.submit(env.getStreamGraph(), Optional.empty());
      try (KafkaProducer<byte[], byte[]> runs =
          new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        return measure(topic, consumer, runs, epoch);
      } finally {
        job.cancel();
        while (!job.status().isGloballyTerminalState()) {
          Thread.sleep(50);
        }
      }
    }
  }

  private static Throughput measure(
      TokenTopic topic,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> runs,
      int epoch) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    Map<String, List<Sample>> samples = new HashMap<>();
    long tokens = 0;
    while (tokens < topic.tokens()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("The job has counted " + tokens + " tokens only");
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
        RunCount count = EventCodec.decode(record.value(), RunCount.class);
        if (count.version() >> 40 == epoch) {
          if (count.withheld()) {
            heartbeat(runs, count);
          }
          samples
              .computeIfAbsent(count.producerId(), key -> new ArrayList<>())
              .add(
                  new Sample(count, record.timestamp(), Throughput.cpuSecondsOfThisProcess()));
        }
      }
      tokens = samples.values().stream().mapToLong(all -> last(all).count.tokens()).sum();
    }
    requireEachOnce(topic, samples);
    return throughput(samples.values());
  }

  /** Says that the producer has sent nothing that the job does not know of: windows are given. */
  private static void heartbeat(KafkaProducer<byte[], byte[]> runs, RunCount count) {
    ProducerState state =
        new ProducerState(
            1,
            count.runId(),
            count.producerId(),
            count.version(),
            System.currentTimeMillis() * 1_000,
            ProducerState.Type.HEARTBEAT,
            null,
            null,
            Map.of(),
            null,
            null);
    runs.send(
        new ProducerRecord<>(
            Topic.RUNS.text(),
            0,
            state.key().getBytes(StandardCharsets.UTF_8),
            EventCodec.encode(state)));
  }

  private static Throughput throughput(Collection<List<Sample>> producers) {
    long tokens = 0;
    double seconds = 0;
    double cpuSeconds = 0;
    for (List<Sample> all : producers) {
      long whole = last(all).count.tokens();
      List<Sample> between =
          all.stream()
              .filter(one -> one.count.tokens() >= whole / 2 && one.count.tokens() < whole)
              .toList();
      Sample begin = between.get(0);
      Sample end = last(between);
      tokens += end.count.tokens() - begin.count.tokens();
      seconds += (end.atMs - begin.atMs) / 1e3 / producers.size();
      cpuSeconds += (end.cpuSeconds - begin.cpuSeconds) / producers.size();
    }
    return new Throughput(tokens, seconds, cpuSeconds);
  }

  private static Sample last(List<Sample> all) {
    return all.get(all.size() - 1);
  }

  private static void requireEachOnce(TokenTopic topic, Map<String, List<Sample>> samples) {
    long records = samples.values().stream().mapToLong(all -> last(all).count.records()).sum();
    long duplicates =
        samples.values().stream().mapToLong(all -> last(all).count.duplicates()).sum();
    if (records != topic.records() || duplicates != 0) {
      throw new IllegalStateException(
          "The job counted " + records + " records and " + duplicates + " duplicates");
    }
  }
}
