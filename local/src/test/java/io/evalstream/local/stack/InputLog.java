package io.evalstream.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evalstream.events.Topic;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What ClickHouse must hold of some runs, worked out value by value from what lies on Kafka: read
 * from the beginning with a plain consumer, every record once. Shares no code with the jobs.
 */
final class InputLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double LOG_GAMMA = Math.log(1.01 / 0.99);
  private static final long SECOND_US = 1_000_000;
  private static final long HOUR_US = 3_600 * SECOND_US;

  private final Collection<String> runs;
  private final Map<String, List<Long>> values = new TreeMap<>();
  private final Map<String, Count> counts = new TreeMap<>();
  private final List<String> outcomes = new ArrayList<>();
  private final Map<String, List<Long>> ttfts = new TreeMap<>();
  private final Map<String, Long> ended = new TreeMap<>();
  private final Map<String, JsonNode> bounds = new TreeMap<>();

  private static final class Count {
    final Set<String> seen = new HashSet<>();
    long tokens;
    long duplicates;
  }

  private InputLog(Collection<String> runs) {
    this.runs = runs;
  }

  /** Reads all that is there now. */
  static InputLog read(String bootstrapServers, Collection<String> runs) throws IOException {
    InputLog log = new InputLog(runs);
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (Topic topic :
          List.of(
              Topic.RUNS,
              Topic.TOKEN_TIMINGS,
              Topic.REQUEST_OUTCOMES,
              Topic.GENERATOR_HEALTH,
              Topic.SERVER_METRICS)) {
        log.read(consumer, topic);
      }
    }
    return log;
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer, Topic topic) throws IOException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.text()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        add(topic, record);
      }
    }
  }

  private void add(Topic topic, ConsumerRecord<byte[], byte[]> record) throws IOException {
    if (Arrays.equals(record.key(), Poison.KEY)) {
      return;
    }
    JsonNode event = JSON.readTree(record.value());
    String run = event.path("run_id").asText();
    if (!runs.contains(run)) {
      return;
    }
    if (topic == Topic.RUNS) {
      for (JsonNode scenario : event.path("scenarios")) {
        bounds.put(run + " " + scenario.path("name").asText(), scenario.path("slo"));
      }
      return;
    }
    String series = run + " " + event.path("producer_id").asText() + " " + topic.text();
    Count count = counts.computeIfAbsent(series, key -> new Count());
    if (!count.seen.add(record.partition() + "/" + event.path("sequence").asLong())) {
      count.duplicates++;
    } else if (topic == Topic.TOKEN_TIMINGS) {
      count.tokens += timings(event);
    } else if (topic == Topic.REQUEST_OUTCOMES) {
      outcome(event);
      count.tokens += event.path("output_tokens").asLong();
    }
  }

  private long timings(JsonNode event) {
    int gaps = event.path("gaps_us").size();
    int first = event.path("chunk_index").asInt() == 0 ? 0 : 1;
    long at = event.path("at_us").asLong();
    for (int chunk = 1; chunk <= gaps; chunk++) {
      at -= event.path("gaps_us").path(chunk - 1).asLong();
    }
    long tokens = 0;
    long waited = 0;
    boolean begun = first == 1;
    for (int chunk = first; chunk <= gaps; chunk++) {
      if (chunk > 0) {
        long gap = event.path("gaps_us").path(chunk - 1).asLong();
        at += gap;
        waited += gap;
        put(event, "itl", at, gap);
      }
      long ofChunk =
          event.hasNonNull("tokens") ? event.path("tokens").path(chunk - first).asLong() : 1;
      tokens += ofChunk;
      put(event, "chunk_tokens", at, ofChunk);
      for (long token = 0; begun && token < ofChunk; token++) {
        put(event, "token_latency", at, Math.round((double) waited / ofChunk));
      }
      if (ofChunk > 0) {
        begun = true;
        waited = 0;
      }
    }
    return tokens;
  }

  private void outcome(JsonNode event) {
    long finished = event.path("finished_at_us").asLong();
    long tokens = event.path("output_tokens").asLong();
    outcomes.add(
        String.join(
            " ",
            event.path("run_id").asText(),
            event.path("request_id").asText(),
            event.path("sequence").asText(),
            Long.toString(finished),
            Long.toString(tokens)));
    long scheduled = event.path("scheduled_at_us").asLong();
    put(event, "arrivals", scheduled, scheduled % SECOND_US);
    put(event, "ends", finished, finished % SECOND_US);
    if (event.hasNonNull("sent_at_us")) {
      inFlight(event, Math.max(event.path("sent_at_us").asLong(), finished - HOUR_US), finished);
    }
    String status = event.path("status").asText();
    String scenario = event.path("run_id").asText() + " " + event.path("scenario").asText();
    ended.merge(scenario, 1L, Long::sum);
    if (!status.equals("ok")) {
      put(event, "failed", finished, finished - scheduled);
      put(event, "failed_" + status, finished, finished - scheduled);
      return;
    }
    long sent = event.path("sent_at_us").asLong();
    long first = event.path("first_token_at_us").asLong();
    long last = event.path("last_token_at_us").asLong(first);
    put(event, "ttft", finished, first - sent);
    put(event, "ttft_from_schedule", finished, first - scheduled);
    put(event, "e2el", finished, last - sent);
    put(event, "e2el_from_schedule", finished, last - scheduled);
    put(event, "send_lag", finished, sent - scheduled);
    put(event, "prompt_tokens", finished, event.path("prompt_tokens").asLong());
    put(event, "output_tokens", finished, tokens);
    if (tokens > 1) {
      put(event, "tpot", finished, Math.round((last - first) / (tokens - 1.0)));
    }
    ttfts.computeIfAbsent(scenario, key -> new ArrayList<>()).add(first - sent);
  }

  private void inFlight(JsonNode event, long from, long to) {
    for (long at = from; at < to; at = at / SECOND_US * SECOND_US + SECOND_US) {
      put(event, "in_flight", at, Math.min(to - at, SECOND_US - at % SECOND_US));
    }
  }

  private void put(JsonNode event, String metric, long at, long value) {
    String window =
        String.join(
            " ",
            event.path("run_id").asText(),
            event.path("scenario").asText(),
            metric,
            Long.toString(at / SECOND_US * SECOND_US));
    values.computeIfAbsent(window, key -> new ArrayList<>()).add(value);
  }

  /** Every window: run, scenario, metric, start, count, zeros, sum, squares, min, max, bins. */
  List<String> windows() {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (window, list) -> {
          BigInteger sum = BigInteger.ZERO;
          BigInteger squares = BigInteger.ZERO;
          long min = Long.MAX_VALUE;
          long max = 0;
          long zeros = 0;
          Map<Integer, Long> bins = new TreeMap<>();
          for (long value : list) {
            sum = sum.add(BigInteger.valueOf(value));
            squares = squares.add(BigInteger.valueOf(value).pow(2));
            min = Math.min(min, value);
            max = Math.max(max, value);
            if (value == 0) {
              zeros++;
            } else {
              bins.merge((int) Math.floor(Math.log((double) value) / LOG_GAMMA), 1L, Long::sum);
            }
          }
          lines.add(
              String.join(
                  " ",
                  window,
                  Integer.toString(list.size()),
                  Long.toString(zeros),
                  sum.toString(),
                  squares.toString(),
                  Long.toString(min),
                  Long.toString(max),
                  bins.toString().replace('=', ':').replace(" ", "")));
        });
    return lines.stream().sorted().toList();
  }

  static String windowsSql(Collection<String> runs) {
    return select(
        "latency_windows",
        runs,
        "run_id, scenario, metric, toUnixTimestamp64Micro(window_start), count, zero_count, sum,"
            + " sum_of_squares, min, max, mapSort(bins)");
  }

  /** Every request: run, request, sequence, end, output tokens. */
  List<String> outcomes() {
    return outcomes.stream().sorted().toList();
  }

  static String outcomesSql(Collection<String> runs) {
    return select(
        "request_outcomes",
        runs,
        "run_id, request_id, version, toUnixTimestamp64Micro(finished_at), output_tokens");
  }

  /** Every scenario's grade once the run is closed: run, scenario, state, letter, requests. */
  List<String> grades() {
    List<String> lines = new ArrayList<>();
    ended.forEach(
        (scenario, requests) ->
            lines.add(
                String.join(" ", scenario, "final", letter(scenario), Long.toString(requests))));
    return lines.stream().sorted().toList();
  }

  private String letter(String scenario) {
    JsonNode slo = bounds.get(scenario);
    int worst = 0;
    for (JsonNode ofMetric : slo.path("bounds")) {
      int at = 0;
      for (JsonNode limit : ofMetric.path("limits")) {
        at += keeps(scenario, ofMetric.path("metric").asText(), limit.asDouble()) ? 0 : 1;
      }
      worst = Math.max(worst, at);
    }
    return slo.path("letters").path(worst).asText();
  }

  private boolean keeps(String scenario, String metric, double limit) {
    List<Long> good = ttfts.getOrDefault(scenario, List.of()).stream().sorted().toList();
    return switch (metric) {
      case "success_rate_percent" -> 100.0 * good.size() / ended.get(scenario) >= limit;
      case "p95_ttft_ms" -> good.get((int) Math.ceil(0.95 * good.size()) - 1) / 1_000.0 <= limit;
      default -> throw new IllegalArgumentException(metric);
    };
  }

  static String gradesSql(Collection<String> runs) {
    return select("grades", runs, "run_id, scenario, state, letter, requests");
  }

  /** Every producer's topic: run, producer, topic, records, tokens, duplicates, missing. */
  List<String> counts() {
    List<String> lines = new ArrayList<>();
    counts.forEach(
        (series, count) ->
            lines.add(
                String.join(
                    " ",
                    series,
                    Integer.toString(count.seen.size()),
                    Long.toString(count.tokens),
                    Long.toString(count.duplicates),
                    "0")));
    return lines.stream().sorted().toList();
  }

  static String countsSql(Collection<String> runs) {
    return select(
        "run_counts", runs, "run_id, producer_id, topic, records, tokens, duplicates, missing");
  }

  private static String select(String table, Collection<String> runs, String columns) {
    return "SELECT arrayStringConcat(["
        + columns.replaceAll("(\\w+(?:\\(\\w+\\))?)", "toString($1)")
        + "], ' ') AS line FROM "
        + table
        + "_current WHERE run_id IN ('"
        + String.join("', '", runs)
        + "') ORDER BY line";
  }
}
