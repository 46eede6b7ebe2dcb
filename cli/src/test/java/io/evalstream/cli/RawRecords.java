package io.evalstream.cli;

import io.evalstream.events.EventCodec;
import io.evalstream.events.Metric;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a run's records on Kafka say, worked out the plain way. */
final class RawRecords {

  private final String runId;
  private final Map<Metric, Values> values = new EnumMap<>(Metric.class);
  private long tokens;

  private static final class Values {
    private long[] all = new long[1024];
    private int size;

    void add(long value) {
      if (size == all.length) {
        all = Arrays.copyOf(all, size * 2);
      }
      all[size++] = value;
    }
  }

  private RawRecords(String runId) {
    this.runId = runId;
  }

  static RawRecords read(String bootstrapServers, String runId) {
    RawRecords raw = new RawRecords(runId);
    raw.read(bootstrapServers, Topic.TOKEN_TIMINGS);
    raw.read(bootstrapServers, Topic.REQUEST_OUTCOMES);
    return raw;
  }

  /** The values of a metric, ascending. */
  long[] sorted(Metric metric) {
    Values found = values.getOrDefault(metric, new Values());
    long[] sorted = Arrays.copyOf(found.all, found.size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Tokens in all chunks. */
  long tokens() {
    return tokens;
  }

  private void read(String bootstrapServers, Topic topic) {
    List<TopicPartition> partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.text(), partition))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          add(topic, record.value());
        }
      }
    }
  }

  private void add(Topic topic, byte[] json) {
    if (topic == Topic.TOKEN_TIMINGS) {
      TokenTimings timings = EventCodec.decode(json, TokenTimings.class);
      if (timings.runId().equals(runId)) {
        tokens += timings.tokenCount();
        for (int gap : timings.gapsUs()) {
          add(Metric.ITL, gap);
        }
      }
      return;
    }
    RequestOutcome outcome = EventCodec.decode(json, RequestOutcome.class);
    if (outcome.runId().equals(runId)) {
      long ttft = outcome.firstTokenAtUs() - outcome.sentAtUs();
      long e2el = outcome.lastTokenAtUs() - outcome.sentAtUs();
      add(Metric.TTFT, ttft);
      add(Metric.E2EL, e2el);
      add(Metric.TTFT_FROM_SCHEDULE, outcome.firstTokenAtUs() - outcome.scheduledAtUs());
      add(Metric.E2EL_FROM_SCHEDULE, outcome.lastTokenAtUs() - outcome.scheduledAtUs());
      if (outcome.outputTokens() > 1) {
        add(Metric.TPOT, Math.round((double) (e2el - ttft) / (outcome.outputTokens() - 1)));
      }
    }
  }

  private void add(Metric metric, long value) {
    values.computeIfAbsent(metric, key -> new Values()).add(value);
  }
}
