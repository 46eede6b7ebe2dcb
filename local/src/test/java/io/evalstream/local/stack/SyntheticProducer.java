package io.evalstream.local.stack;

import io.evalstream.events.Event;
import io.evalstream.events.EventCodec;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunKind;
import io.evalstream.events.RunPlan;
import io.evalstream.events.ServerMetrics;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A producer that makes up a run and remembers what is true of it. */
final class SyntheticProducer implements AutoCloseable {

  private static final int CHUNKS_PER_RECORD = 40;

  /** First tokens come after 20 to 220 ms. */
  private static final RunPlan.Slo SLO =
      new RunPlan.Slo(
          List.of("A", "B", "C"),
          List.of(
              new RunPlan.Bounds("success_rate_percent", List.of(98.0, 95.0)),
              new RunPlan.Bounds("p95_ttft_ms", List.of(100.0, 1_000.0))));

  final String runId;
  final List<Long> gaps = new ArrayList<>();
  final List<Long> ttfts = new ArrayList<>();
  long tokens;
  long requests;

  private final String producerId;
  private final Random random;
  private final int shard;
  private final int shards;
  private final KafkaProducer<byte[], byte[]> kafka;
  private final Map<String, Long> sequences = new HashMap<>();
  private final Map<String, Long> records = new HashMap<>();
  private final Map<String, Long> tokensSent = new HashMap<>();
  private final List<Future<?>> acknowledged = new ArrayList<>();
  private ProducerRecord<byte[], byte[]> lastTimings;
  private long nowUs;

  SyntheticProducer(String bootstrapServers, String runId, String producerId, long seed) {
    this(bootstrapServers, runId, producerId, seed, 0, 1, minuteAgoUs());
  }

  /** One that makes the requests of its part of a run of {@code shards}; all draw the same. */
  SyntheticProducer(
      String bootstrapServers,
      String runId,
      String producerId,
      long seed,
      int shard,
      int shards,
      long startUs) {
    this.runId = runId;
    this.producerId = producerId;
    this.random = new Random(seed);
    this.shard = shard;
    this.shards = shards;
    this.nowUs = startUs;
    this.kafka =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  static long minuteAgoUs() {
    return (System.currentTimeMillis() - 60_000) * 1_000;
  }

  void plan(int producers, long items) {
    run(
        (v, sequence) ->
            new RunPlan(
                v,
                runId,
                producerId,
                sequence,
                nowUs,
                RunKind.LOAD,
                "model-a",
                "release-1",
                null,
                Map.of("gpu", "none"),
                List.of(
                    new RunPlan.PlannedScenario("default", items, Map.of("rate", "10"), null, SLO)),
                producers,
                1,
                null,
                Map.of("team", "serving")),
        runId + "/plan");
  }

  void state(ProducerState.Type type, ProducerState.Status status) {
    state(type, status, null);
  }

  /** It has done all it planned, and judges itself. */
  void finished(String... doubts) {
    state(ProducerState.Type.FINISHED, ProducerState.Status.COMPLETED, List.of(doubts));
  }

  private void state(ProducerState.Type type, ProducerState.Status status, List<String> doubts) {
    Map<String, ProducerState.SentCount> sent = new HashMap<>();
    records.forEach(
        (topic, count) ->
            sent.put(
                topic, new ProducerState.SentCount(count, tokensSent.getOrDefault(topic, 0L))));
    run(
        (v, sequence) ->
            new ProducerState(
                v, runId, producerId, sequence, nowUs, type, status, null, sent, shard, doubts),
        runId + "/" + producerId);
  }

  /** The next answered request of the run, of that many chunks; sent if it is of its own part. */
  void request(int chunks) {
    String requestId = "req-" + requests;
    long sentAt = nowUs;
    long ttft = 20_000L + random.nextInt(200_000);
    ttfts.add(ttft);
    long at = sentAt + ttft;
    long firstAt = at;
    List<Integer> pending = new ArrayList<>();
    int recordStart = 0;
    for (int chunk = 1; chunk <= chunks; chunk++) {
      if (chunk == chunks || chunk % CHUNKS_PER_RECORD == 0) {
        timings(requestId, recordStart, at, pending);
        recordStart = chunk;
        pending.clear();
      }
      if (chunk < chunks) {
        int gap =
            random.nextInt(100) == 0 ? 900_000 : (int) (5_000 * (1 + random.nextGaussian() * 0.2));
        gap = Math.max(0, gap);
        gaps.add((long) gap);
        pending.add(gap);
        at += gap;
      }
    }
    long lastAt = at;
    if (mine()) {
      send(
          Topic.REQUEST_OUTCOMES,
          requestId,
          requestId,
          chunks,
          (v, sequence) ->
              new RequestOutcome(
                  v,
                  runId,
                  producerId,
                  sequence,
                  "default",
                  requestId,
                  requests,
                  "p",
                  sentAt,
                  sentAt,
                  firstAt,
                  lastAt,
                  lastAt,
                  100,
                  chunks,
                  chunks,
                  null,
                  RequestStatus.OK,
                  200,
                  null,
                  "length"));
      tokens += chunks;
    }
    requests++;
    nowUs += 10_000;
  }

  void health(String... doubts) {
    health(List.of(doubts));
  }

  private void health(List<String> doubts) {
    send(
        Topic.GENERATOR_HEALTH,
        producerId,
        producerId,
        0,
        (v, sequence) ->
            new GeneratorHealth(
                v, runId, producerId, sequence, nowUs, 1, 2, 3, 4, 0, 1, 1, 1, 1, 0, doubts));
    nowUs += 1_000_000;
  }

  /** What a server says that draws so much power and tells nothing else. */
  void server(double watts) {
    send(
        Topic.SERVER_METRICS,
        "http://h:8000",
        "http://h:8000",
        0,
        (v, sequence) ->
            new ServerMetrics(
                v,
                runId,
                producerId,
                sequence,
                nowUs,
                "http://h:8000",
                3L,
                null,
                0.5,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                watts));
    nowUs += 1_000_000;
  }

  /** How many records of token timings Kafka has of it, each once. */
  long timingRecords() {
    return records.get(Topic.TOKEN_TIMINGS.text());
  }

  /** The last record of token timings once more. */
  void repeatLast() {
    acknowledged.add(kafka.send(lastTimings));
  }

  /** A record of token timings whose instant lies ahead; it is not among those sent. */
  void ahead(Duration ahead) {
    long atUs = (System.currentTimeMillis() + ahead.toMillis()) * 1_000;
    long sentSoFar = records.get(Topic.TOKEN_TIMINGS.text());
    ProducerRecord<byte[], byte[]> last = lastTimings;
    send(
        Topic.TOKEN_TIMINGS,
        "ahead",
        "ahead",
        0,
        (v, sequence) ->
            new TokenTimings(
                v, runId, producerId, sequence, "default", "ahead", 0, atUs, new int[0], null));
    records.put(Topic.TOKEN_TIMINGS.text(), sentSoFar);
    lastTimings = last;
  }

  /** Bytes that keep no contract. */
  void poison(Topic topic, byte[] value) {
    acknowledged.add(kafka.send(new ProducerRecord<>(topic.text(), 0, new byte[] {'x'}, value)));
  }

  void flush() throws Exception {
    for (Future<?> record : acknowledged) {
      record.get();
    }
  }

  @Override
  public void close() {
    kafka.close();
  }

  private void timings(String requestId, int chunkIndex, long at, List<Integer> pending) {
    int[] gapsUs = pending.stream().mapToInt(Integer::intValue).toArray();
    int chunks = gapsUs.length + (chunkIndex == 0 ? 1 : 0);
    if (!mine()) {
      return;
    }
    send(
        Topic.TOKEN_TIMINGS,
        requestId,
        requestId,
        chunks,
        (v, sequence) ->
            new TokenTimings(
                v,
                runId,
                producerId,
                sequence,
                "default",
                requestId,
                chunkIndex,
                at,
                gapsUs,
                null));
  }

  private void run(Made made, String key) {
    send(Topic.RUNS, key, runId, 0, made);
  }

  private boolean mine() {
    return requests % shards == shard;
  }

  private void send(Topic topic, String key, String partitionKey, long ofTokens, Made made) {
    int partition =
        Utils.toPositive(Utils.murmur2(partitionKey.getBytes(StandardCharsets.UTF_8)))
            % topic.partitions();
    long sequence = sequences.merge(topic.text() + partition, 1L, Long::sum) - 1;
    if (topic != Topic.RUNS) {
      records.merge(topic.text(), 1L, Long::sum);
      tokensSent.merge(topic.text(), ofTokens, Long::sum);
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic.text(),
            partition,
            key.getBytes(StandardCharsets.UTF_8),
            EventCodec.encode(made.at(Event.SCHEMA_VERSION, sequence)));
    if (topic == Topic.TOKEN_TIMINGS) {
      lastTimings = record;
    }
    acknowledged.add(kafka.send(record));
  }

  private interface Made {
    Event at(int v, long sequence);
  }
}
