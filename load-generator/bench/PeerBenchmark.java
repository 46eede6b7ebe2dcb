package io.evalstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures load generators against a simulated server whose latencies are known, and prints what
 * each adds to them. One server serves all clients of a load, one after the other, in an order that
 * turns with each repetition.
 *
 * <p>Settings come from the environment: {@code STREAMS}, {@code REPEATS}, {@code
 * REQUESTS_PER_STREAM}, {@code OUTPUT_TOKENS}, {@code FLAT_OUT_STREAMS}, {@code MINUTES}, and the
 * clients' of {@link Clients}.
 */
public final class PeerBenchmark {

  private static final double TTFT_MS = 50;
  private static final double GAP_MS = 10;
  private static final double SPREAD = 0.5;
  private static final int MEMORY_STREAMS = 500;
  private static final int FLAT_OUT_REQUESTS = 160;

  private final Path launcher;
  private final Path results;
  private final Map<String, String> environment;
  private final Clients clients;
  private final int repeats;
  private final int requestsPerStream;
  private final int outputTokens;
  private int runs;

  private PeerBenchmark(Path launcher, Path results, Map<String, String> environment) {
    this.launcher = launcher;
    this.results = results;
    this.environment = environment;
    this.clients = Clients.of(launcher, environment);
    this.repeats = setting("REPEATS", 3);
    this.requestsPerStream = setting("REQUESTS_PER_STREAM", 10);
    this.outputTokens = setting("OUTPUT_TOKENS", 300);
  }

  /**
   * Measures.
   *
   * @param arguments the launcher, and a directory for the results, which is emptied
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path results = Path.of(arguments[1]);
    empty(results);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    PeerBenchmark benchmark =
        new PeerBenchmark(Path.of(arguments[0]).toAbsolutePath(), results, System.getenv());
    if (benchmark.environment.containsKey("MINUTES")) {
      benchmark.memory(benchmark.setting("MINUTES", 10));
    } else {
      benchmark.compare();
    }
  }

  private void compare() throws IOException, InterruptedException {
    clients.skipped().forEach(System.out::println);
    System.out.printf(
        "%d cores; %d repetitions, medians; %d requests per stream, %d ± %.0f%% tokens each%n%n",
        Runtime.getRuntime().availableProcessors(),
        repeats,
        requestsPerStream,
        outputTokens,
        SPREAD * 100);
    System.out.println(
        "| streams | client | TTFT error, median (ms) | TTFT error, p99 (ms) | gap error, p99: as received / as"
            + " sent (ms) | CPU s per million tokens | chunks/s | peak RSS (MiB) | server late, p50 / p99"
            + " (ms) |");
    System.out.println("|---:|---|---:|---:|---:|---:|---:|---:|---:|");
    for (String streams :
        environment.getOrDefault("STREAMS", "100 500 1000").trim().split("\\s+")) {
      pacedRows(Integer.parseInt(streams));
    }
    flatOutRows(setting("FLAT_OUT_STREAMS", 64));
  }

  private void pacedRows(int streams) throws IOException, InterruptedException {
    try (SimulatedServer server =
        SimulatedServer.start(launcher, "constant:50ms", "constant:10ms", streams)) {
      Load load =
          new Load(server.url(), streams, streams * requestsPerStream, outputTokens, SPREAD);
      measure(clients.all(), server, load)
          .forEach(
              (client, found) ->
                  row(
                      Integer.toString(streams),
                      client,
                      found,
                      decimal(found, run -> run.figures().ttftMedianMs() - TTFT_MS),
                      decimal(found, run -> run.figures().ttftP99Ms() - TTFT_MS),
                      decimal(found, run -> run.figures().gapP99Ms() - GAP_MS)
                          + " / "
                          + decimal(found, run -> run.lateness().gapP99Ms())));
    }
  }

  /** Everything is due at once: how many chunks a second go through, over ten seconds or more. */
  private void flatOutRows(int streams) throws IOException, InterruptedException {
    try (SimulatedServer server =
        SimulatedServer.start(launcher, "constant:0ms", "constant:0ms", streams)) {
      Load load = new Load(server.url(), streams, streams * FLAT_OUT_REQUESTS, 1_000, SPREAD);
      measure(clients.flatOut(), server, load)
          .forEach((client, found) -> row(streams + ", flat out", client, found, "", "", ""));
    }
  }

  private Map<String, List<Measurement>> measure(
      List<Client> measured, SimulatedServer server, Load load)
      throws IOException, InterruptedException {
    // the server's own code gets warm
    run(measured.get(0), server, load);
    Map<String, List<Measurement>> found = new LinkedHashMap<>();
    measured.forEach(client -> found.put(client.name(), new ArrayList<>()));
    for (int repetition = 0; repetition < repeats; repetition++) {
      List<Client> order = new ArrayList<>(measured);
      Collections.rotate(order, repetition);
      for (Client client : order) {
        try {
          found.get(client.name()).add(run(client, server, load));
        } catch (IOException e) {
          System.err.println(client.name() + ": " + e.getMessage());
        }
      }
    }
    return found;
  }

  private Measurement run(Client client, SimulatedServer server, Load load)
      throws IOException, InterruptedException {
    Path directory =
        Files.createDirectories(
            results
                .resolve("%03d-%s-%d".formatted(runs++, client.name(), load.streams()))
                .toAbsolutePath());
    server.startCounting();
    ClientProcess.Usage usage = ClientProcess.run(client.command(load, directory), directory);
    Figures figures = client.figures(directory);
    if (figures.completed() != load.requests()) {
      throw new IOException(
          "%d of %d requests ended well: look at %s"
              .formatted(figures.completed(), load.requests(), directory));
    }
    Measurement measurement = new Measurement(client.name(), figures, usage, server.lateness());
    Files.writeString(directory.resolve("measurement.txt"), measurement + "\n");
    return measurement;
  }

  private static void row(
      String streams, String client, List<Measurement> found, String ttft, String p99, String gap) {
    if (found.isEmpty()) {
      System.out.printf("| %s | %s | failed | | | | | | |%n", streams, client);
      return;
    }
    System.out.printf(
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s / %s |%n",
        streams,
        client,
        ttft,
        p99,
        gap,
        decimal(found, Measurement::cpuSecondsPerMillionTokens),
        whole(found, run -> run.figures().tokensPerSecond()),
        whole(found, run -> run.usage().peakRssMiB()),
        decimal(found, run -> run.lateness().p50Ms()),
        decimal(found, run -> run.lateness().p99Ms()));
  }

  /** Whether our own client's memory stays flat under 50,000 tokens a second. */
  private void memory(int minutes) throws IOException, InterruptedException {
    double requestSeconds = (TTFT_MS + GAP_MS * (outputTokens - 1)) / 1e3;
    int requests = (int) Math.ceil(MEMORY_STREAMS * minutes * 60 / requestSeconds);
    try (SimulatedServer server =
        SimulatedServer.start(launcher, "constant:50ms", "constant:10ms", MEMORY_STREAMS)) {
      Load load = new Load(server.url(), MEMORY_STREAMS, requests, outputTokens, SPREAD);
      Measurement found = run(clients.own(), server, load);
      System.out.printf(
          Locale.ROOT,
          "%,.0f tokens at %,.0f/s, %.2f CPU s per million tokens%n%n",
          found.figures().tokens(),
          found.figures().tokensPerSecond(),
          found.cpuSecondsPerMillionTokens());
      System.out.println("| minute | RSS (MiB) |");
      System.out.println("|---:|---:|");
      List<Double> rss = found.usage().rssMiB();
      int step = 60 / ClientProcess.Usage.SAMPLE_SECONDS;
      for (int i = step - 1; i < rss.size(); i += step) {
        System.out.printf(Locale.ROOT, "| %d | %.0f |%n", (i + 1) / step, rss.get(i));
      }
      System.out.printf(Locale.ROOT, "| most | %.0f |%n", found.usage().peakRssMiB());
    }
  }

  private static String decimal(List<Measurement> found, ToDoubleFunction<Measurement> figure) {
    double median = Measurement.median(found, figure);
    return Double.isNaN(median) ? "not stated" : String.format(Locale.ROOT, "%.2f", median);
  }

  private static String whole(List<Measurement> found, ToDoubleFunction<Measurement> figure) {
    return String.format(Locale.ROOT, "%,.0f", Measurement.median(found, figure));
  }

  private int setting(String name, int otherwise) {
    String value = environment.getOrDefault(name, "");
    try {
      return value.isEmpty() ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is '" + value + "': give a whole number", e);
    }
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Collections.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(directory);
  }
}
