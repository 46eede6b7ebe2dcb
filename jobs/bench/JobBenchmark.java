package io.evalstream.bench;

import io.evalstream.events.Topic;
import io.evalstream.local.LoopbackPorts;
import io.evalstream.local.flink.EmbeddedFlink;
import io.evalstream.local.flink.FlinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the serving job and what it is compared with on the same records, the broker in this
 * process, and prints how many tokens a second each took.
 *
 * <p>Settings come from the environment: {@code RECORDS} (which shapes), {@code COUNT} (how many
 * records), {@code REPEATS}, {@code PARTS} (what beside the serving job: {@code sql}, {@code
 * clickhouse}), {@code SQL_TOKENS} (how many of the tokens Flink SQL reads).
 */
public final class JobBenchmark {

  private static final int PARTITIONS = Topic.TOKEN_TIMINGS.partitions();
  private static final int SLOTS = 2;
  private static final String RAW = "raw poll loop, nothing read";
  private static final String SERVING = "serving job, ";

  private final Path directory;
  private int epoch;

  private JobBenchmark(Path directory) {
    this.directory = directory;
  }

  /**
   * Measures.
   *
   * @param arguments a directory, where the filled topics are kept for the next time
   */
  public static void main(String[] arguments) throws Exception {
    JobBenchmark benchmark = new JobBenchmark(Path.of(arguments[0]).toAbsolutePath());
    System.out.printf(
        Locale.ROOT,
        "%d cores, %d MiB of heap; one broker in the same process, checkpoints every second%n",
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    for (String name : setting("RECORDS", "50 4-20").split(" ")) {
      benchmark.compare(name, shape(name));
    }
    // Kafka and Flink leave threads behind
    System.exit(0);
  }

  /** Both of half a million tokens a second. */
  private static Records.Shape shape(String name) {
    return switch (name) {
      case "50" -> new Records.Shape(50, 50, 2_000, PARTITIONS, count(10_000_000));
      case "4-20" -> new Records.Shape(4, 20, 8_300, PARTITIONS, count(12_000_000));
      default ->
          throw new IllegalArgumentException("RECORDS is " + name + ": give 50, 4-20 or both");
    };
  }

  private void compare(String name, Records.Shape shape) throws Exception {
    Map<String, List<Throughput>> found = new LinkedHashMap<>();
    try (TokenTopic topic = TokenTopic.open(directory.resolve(name), shape)) {
      System.out.printf(
          Locale.ROOT,
          "%n%s gaps: %,d records, %,d tokens, %.0f bytes and %.1f tokens a record%n%n",
          name,
          topic.records(),
          topic.tokens(),
          (double) topic.bytes() / topic.records(),
          (double) topic.tokens() / topic.records());
      RawLoop.run(topic); // the client's code and the page cache get warm
      serving(topic, SLOTS);
      for (int repetition = 0; repetition < integer("REPEATS", 2); repetition++) {
        add(found, RAW, RawLoop.run(topic));
        for (int slots = 1; slots <= SLOTS; slots++) {
          add(found, SERVING + slots + (slots == 1 ? " slot" : " slots"), serving(topic, slots));
        }
      }
      List<String> parts = List.of(setting("PARTS", "sql clickhouse").split(" "));
      if (parts.contains("sql")) {
        add(
            found,
            "Flink SQL, UNNEST and PERCENTILE, 2 slots",
            SqlRun.run(topic, directory.resolve("sql"), SLOTS, integer("SQL_TOKENS", 30_000_000)));
      }
      if (parts.contains("clickhouse")) {
        add(
            found,
            "ClickHouse alone, whole records by second",
            clickHouse(topic, ClickHouseRun.BY_RECORD));
        add(
            found,
            "ClickHouse alone, each gap by its own second, with sums",
            clickHouse(topic, ClickHouseRun.BY_GAP));
      }
    }
    print(found);
  }

  private Throughput serving(TokenTopic topic, int slots) throws InterruptedException {
    FlinkSettings settings =
        new FlinkSettings(directory.resolve("flink"), LoopbackPorts.ANY, slots);
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      return ServingRun.run(topic, flink, slots, ++epoch);
    }
  }

  private Throughput clickHouse(TokenTopic topic, String windows)
      throws IOException, InterruptedException {
    return ClickHouseRun.run(
        topic, directory.resolve("clickhouse"), windows, integer("CLICKHOUSE_PASSES", 6));
  }

  private static void add(Map<String, List<Throughput>> found, String name, Throughput one) {
    System.err.printf(Locale.ROOT, "%s: %s%n", name, one);
    found.computeIfAbsent(name, key -> new ArrayList<>()).add(one);
  }

  private static void print(Map<String, List<Throughput>> found) {
    double raw = Throughput.together(found.get(RAW)).millionTokensPerSecond();
    double serving = Throughput.together(found.get(SERVING + SLOTS + " slots")).millionTokensPerSecond();
    System.out.println(
        "| | million tokens/s | against the raw loop | the job with 2 slots is | CPU s per million"
            + " tokens |");
    System.out.println("|---|---:|---:|---:|---:|");
    found.forEach(
        (name, all) -> {
          Throughput one = Throughput.together(all);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.1f | %.2f | %.1f × | %.3f |%n",
              name,
              one.millionTokensPerSecond(),
              one.millionTokensPerSecond() / raw,
              serving / one.millionTokensPerSecond(),
              one.cpuSecondsPerMillionTokens());
        });
  }

  private static int count(int otherwise) {
    return integer("COUNT", otherwise);
  }

  private static int integer(String name, int otherwise) {
    return Integer.parseInt(setting(name, Integer.toString(otherwise)));
  }

  private static String setting(String name, String otherwise) {
    String value = System.getenv().getOrDefault(name, "").trim();
    return value.isEmpty() ? otherwise : value;
  }
}
