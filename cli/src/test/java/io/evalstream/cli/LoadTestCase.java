package io.evalstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.simulator.Simulator;
import io.evalstream.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A command line of its own environment, beside a fast simulated server. */
final class LoadTestCase implements AutoCloseable {

  private final Path directory;
  private final Simulator simulator;

  LoadTestCase(Path directory) {
    this.directory = directory;
    simulator =
        new Simulator(
            SimulatorConfig.builder()
                .host("127.0.0.1")
                .port(0)
                .servedModelNames(List.of("org/sim", "lora-a", "lora-b"))
                .timeToFirstToken("1ms")
                .interTokenLatency("0ms")
                .build());
    simulator.start();
  }

  record Outcome(int exit, String out, String err) {}

  String url() {
    return simulator.baseUrl();
  }

  /** Runs a command that publishes nowhere. */
  Outcome run(Map<String, String> environment, String command, String... flags) {
    List<String> arguments =
        new ArrayList<>(List.of("--directory", directory.resolve("stack").toString(), command));
    arguments.addAll(List.of(flags));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Main.execute(
            environment,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments.toArray(new String[0]));
    return new Outcome(exit, out.toString(), err.toString());
  }

  /** Loads the simulated server. */
  Outcome bench(Map<String, String> environment, String... flags) {
    List<String> all = new ArrayList<>(List.of("--base-url", url(), "--no-publish"));
    all.addAll(List.of(flags));
    return run(environment, "bench", all.toArray(new String[0]));
  }

  /** The result files of a folder, by name. */
  static List<JsonNode> results(Path folder) throws IOException {
    List<JsonNode> results = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        results.add(new ObjectMapper().readTree(Files.readString(file)));
      }
    }
    return results;
  }

  @Override
  public void close() {
    simulator.close();
  }
}
