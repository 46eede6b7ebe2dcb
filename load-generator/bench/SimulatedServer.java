package io.evalstream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A simulated server in a process of its own. */
final class SimulatedServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * How late the server itself was.
   *
   * @param p50Ms median
   * @param p99Ms 99th percentile
   * @param gapP99Ms 99th percentile of how much too long gaps between chunks were when they left
   * @param heldBack chunks that waited for a client that did not read
   */
  record Lateness(double p50Ms, double p99Ms, double gapP99Ms, long heldBack) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private SimulatedServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts one; the times are those of {@code --help}. */
  static SimulatedServer start(Path launcher, String firstToken, String gap, int slots)
      throws IOException {
    Process process =
        new ProcessBuilder(
                launcher.toString(),
                "simulate",
                "--port",
                "0",
                "--model",
                Load.MODEL,
                "--time-to-first-token",
                firstToken,
                "--inter-token-latency",
                gap,
                "--max-num-seqs",
                Integer.toString(slots))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the simulated server did not start");
    }
    return new SimulatedServer(process, line.split(" ")[0]);
  }

  String url() {
    return url;
  }

  /** Forgets how late it was. */
  void startCounting() throws IOException, InterruptedException {
    send(scheduleError().DELETE().build());
  }

  /** How late it was since {@link #startCounting}. */
  Lateness lateness() throws IOException, InterruptedException {
    JsonNode error = JSON.readTree(send(scheduleError().GET().build()));
    return new Lateness(
        error.get("p50_us").doubleValue() / 1e3,
        error.get("p99_us").doubleValue() / 1e3,
        error.get("gap_p99_us").doubleValue() / 1e3,
        error.get("held_back").longValue());
  }

  private HttpRequest.Builder scheduleError() {
    return HttpRequest.newBuilder(URI.create(url + "/schedule_error"));
  }

  private String send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " answers " + response.statusCode());
    }
    return response.body();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
