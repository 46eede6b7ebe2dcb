package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evalstream.events.ServerMetrics;
import io.evalstream.loadgenerator.request.Backend;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs that ask the server how it is. */
@Timeout(60)
class ServerMetricsTest {

  private final RecordingPublisher published = new RecordingPublisher();
  private final CountDownLatch asked = new CountDownLatch(3);

  @Test
  void whatTheServerSaysIsPublished() throws IOException {
    try (ScriptedServer server = server("vllm:num_requests_running 2\n");
        ScriptedServer gpus =
            new ScriptedServer((q, a) -> a.write(page("DCGM_FI_DEV_POWER_USAGE 300\n")))) {
      LoadResult result = run(server, "http://127.0.0.1:" + gpus.port());

      List<ServerMetrics> metrics = published.events(ServerMetrics.class);
      assertThat(metrics).hasSizeGreaterThan(1);
      assertThat(metrics)
          .allSatisfy(
              one -> {
                assertThat(one.endpoint()).isEqualTo(server.url());
                assertThat(one.running()).isEqualTo(2);
                assertThat(one.waiting()).isNull();
              });
      assertThat(metrics.get(metrics.size() - 1).gpuPowerWatts()).isEqualTo(300);
      assertThat(result.notes()).isEmpty();
      assertThat(server.requests())
          .filteredOn(request -> request.path().equals("/metrics"))
          .allSatisfy(
              request ->
                  assertThat(request.headers()).containsEntry("Authorization", "Bearer key"));
      assertThat(result.server().running().max()).isEqualTo(2);
      assertThat(result.server().samples()).isEqualTo(metrics.size());
      assertThat(result.server().power().meanWatts()).isCloseTo(300, within(1e-9));
      assertThat(gpus.requests())
          .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
    }
  }

  @Test
  void theLastAnswerIsOfWhenTheLoadHasEnded() throws IOException {
    AtomicLong ended = new AtomicLong();
    CountDownLatch first = new CountDownLatch(1);
    ScriptedServer.Script handler =
        (q, a) -> {
          if (q.path().equals("/metrics")) {
            a.write(
                page(
                    "vllm:num_requests_running 0\nvllm:request_queue_time_seconds_sum %d\n"
                            .formatted(ended.get())
                        + "vllm:request_queue_time_seconds_count %d\n".formatted(ended.get())));
            first.countDown();
          } else {
            await(first);
            ended.incrementAndGet();
            a.write(stream(2));
          }
        };
    try (ScriptedServer server = ScriptedServer.completions(handler)) {
      ServerMetricsOptions hourly = new ServerMetricsOptions(true, null, null, Duration.ofHours(1));

      LoadResult result = run(server, hourly);

      assertThat(result.server().samples()).isEqualTo(2);
      assertThat(result.server().queueMs()).isEqualTo(1000);
    }
  }

  @Test
  void anotherPathOfTheSameServerGetsTheKeyToo() throws IOException {
    try (ScriptedServer server = server("vllm:num_requests_running 2\n")) {
      ServerMetricsOptions elsewhere =
          new ServerMetricsOptions(
              true,
              ServerMetricsOptions.Page.parse(server.url() + "/metrics?engine=0"),
              null,
              Duration.ofMillis(50));

      assertThat(run(server, elsewhere).notes()).isEmpty();
      assertThat(server.requests())
          .filteredOn(request -> request.path().startsWith("/metrics"))
          .isNotEmpty()
          .allSatisfy(
              request ->
                  assertThat(request.headers()).containsEntry("Authorization", "Bearer key"));
    }
  }

  @Test
  void whatIsMissingIsSaidOnceAndDisturbsNothing() throws IOException {
    String gone;
    try (ScriptedServer gpus = new ScriptedServer((q, a) -> a.close())) {
      gone = "http://127.0.0.1:" + gpus.port();
    }
    try (ScriptedServer server = server("nothing of vLLM\n")) {
      LoadResult result = run(server, gone);

      assertThat(result.completed()).isEqualTo(1);
      assertThat(published.events(ServerMetrics.class)).isEmpty();
      assertThat(result.notes())
          .containsExactlyInAnyOrder(
              "There are no server metrics from "
                  + server.url()
                  + "/metrics: it does not hold vLLM's metrics",
              "There are no server metrics from "
                  + gone
                  + "/metrics: No connection could be made: the server refuses connections");
    }
  }

  /** Answers the request for tokens when it was asked for its metrics three times. */
  private ScriptedServer server(String metrics) {
    return ScriptedServer.completions(
        (q, a) -> {
          if (q.path().startsWith("/metrics")) {
            a.write(page(metrics));
            asked.countDown();
          } else {
            await(asked);
            a.write(stream(2));
          }
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String page(String text) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
        + text.length()
        + "\r\n\r\n"
        + text;
  }

  private LoadResult run(ScriptedServer server, String dcgm) {
    ServerMetricsOptions options =
        new ServerMetricsOptions(
            true, null, ServerMetricsOptions.Page.parse(dcgm), Duration.ofMillis(50));
    return run(server, options);
  }

  private LoadResult run(ScriptedServer server, ServerMetricsOptions options) {
    return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
        .run(
            config(server.url(), requests(1), 1, PATIENT, Backend.VLLM, null, "key").with(options),
            ProgressListener.SILENT);
  }
}
