package io.evalstream.bench;

import io.evalstream.events.Topic;
import io.evalstream.local.clickhouse.ClickHouseLibrary;
import io.evalstream.local.clickhouse.ClickHouseSettings;
import io.evalstream.local.clickhouse.EmbeddedClickHouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * ClickHouse alone: the same JSON, already in memory, inserted into a table that keeps nothing, with
 * a materialized view that makes sketches of the same accuracy per second. CPU is the engine's.
 */
final class ClickHouseRun {

  private static final int CONNECTIONS = 2;
  private static final int BODY_BYTES = 32 << 20;

  private final EmbeddedClickHouse engine;
  private final HttpClient http = HttpClient.newHttpClient();

  private ClickHouseRun(EmbeddedClickHouse engine) {
    this.engine = engine;
  }

  /**
   * Whole arrays go into the second of their last chunk: less than the job does, and the least that
   * gives percentiles.
   */
  static final String BY_RECORD =
      "SELECT run_id, scenario, intDiv(at_us, 1000000) AS second,"
          + " quantilesDDArrayState(0.01, 0.5, 0.95, 0.99)(gaps_us) AS gaps"
          + " FROM token_timings GROUP BY run_id, scenario, second";

  /** The job's answer: each gap in its own second, with count, sums, smallest and largest. */
  static final String BY_GAP =
      "SELECT run_id, scenario, intDiv(each.2, 1000000) AS second,"
          + " quantilesDDState(0.01, 0.5, 0.95, 0.99)(each.1) AS gaps, countState() AS values,"
          + " sumState(each.1) AS total, sumState(toUInt128(each.1) * each.1) AS squares,"
          + " minState(each.1) AS smallest, maxState(each.1) AS largest"
          + " FROM (SELECT run_id, scenario, arrayJoin(arrayZip(gaps_us, arrayMap(since ->"
          + " at_us - arraySum(gaps_us) + since, arrayCumSum(gaps_us)))) AS each"
          + " FROM token_timings) GROUP BY run_id, scenario, second";

  /**
   * @param windows the view that makes windows of records
   * @param passes how often the bodies are inserted
   */
  static Throughput run(TokenTopic topic, Path directory, String windows, int passes)
      throws IOException, InterruptedException {
    List<byte[]> bodies = new ArrayList<>();
    long tokens = read(topic, bodies);
    Path library = ClickHouseLibrary.ofThisUser().locate(System.err::println);
    try (EmbeddedClickHouse engine =
        EmbeddedClickHouse.start(ClickHouseSettings.of(library, directory))) {
      ClickHouseRun run = new ClickHouseRun(engine);
      run.createTables(windows);
      run.insertAll(bodies);
      double cpu = run.cpuSeconds();
      long start = System.nanoTime();
      for (int pass = 0; pass < passes; pass++) {
        run.insertAll(bodies);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Throughput found =
          new Throughput(tokens * passes, seconds, run.cpuSeconds() - cpu);
      String rows = run.query("SELECT count() FROM windows", new byte[0]).trim();
      if (rows.equals("0")) {
        throw new IllegalStateException("ClickHouse made no windows");
      }
      return found;
    }
  }

  private void createTables(String windows) throws IOException, InterruptedException {
    query("DROP TABLE IF EXISTS windows", new byte[0]);
    query("DROP TABLE IF EXISTS token_timings", new byte[0]);
    query(
        "CREATE TABLE token_timings (run_id LowCardinality(String), scenario"
            + " LowCardinality(String), at_us UInt64, gaps_us Array(UInt32)) ENGINE = Null",
        new byte[0]);
    query(
        "CREATE MATERIALIZED VIEW windows ENGINE = AggregatingMergeTree"
            + " ORDER BY (run_id, scenario, second) AS "
            + windows,
        new byte[0]);
  }

  private void insertAll(List<byte[]> bodies) {
    List<CompletableFuture<Void>> connections = new ArrayList<>();
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      int first = connection;
      connections.add(
          CompletableFuture.runAsync(
              () -> {
                for (int body = first; body < bodies.size(); body += CONNECTIONS) {
                  insert(bodies.get(body));
                }
              }));
    }
    connections.forEach(CompletableFuture::join);
  }

  private void insert(byte[] body) {
    try {
      query("INSERT INTO token_timings FORMAT JSONEachRow", body);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String query(String sql, byte[] body) throws IOException, InterruptedException {
    String settings = "&input_format_skip_unknown_fields=1&async_insert=0";
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    engine.httpUrl()
                        + "/?query="
                        + URLEncoder.encode(sql, StandardCharsets.UTF_8)
                        + settings))
            .header("X-ClickHouse-User", "default")
            .header("X-ClickHouse-Key", "")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("ClickHouse answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  private double cpuSeconds() {
    return ProcessHandle.of(engine.pid())
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow()
            .toMillis()
        / 1e3;
  }

  /** Fills bodies from the beginning of the topic; returns how many tokens they hold. */
  private static long read(TokenTopic topic, List<byte[]> bodies) {
    Map<String, Object> settings = Map.of("bootstrap.servers", topic.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.TOKEN_TIMINGS.text()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      ByteArrayOutputStream body = new ByteArrayOutputStream(BODY_BYTES);
      long records = 0;
      while (bodies.size() < 2 * CONNECTIONS) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          body.write(record.value(), 0, record.value().length);
          body.write('\n');
          records++;
          if (body.size() >= BODY_BYTES) {
            bodies.add(body.toByteArray());
            body.reset();
          }
        }
      }
      return records * topic.tokens() / topic.records();
    }
  }
}
