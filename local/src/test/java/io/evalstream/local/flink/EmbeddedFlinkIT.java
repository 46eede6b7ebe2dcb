package io.evalstream.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.evalstream.local.LocalStackException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFlinkIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String JOB = "numbers";

  /** The job runs in this process, so its functions can tell the test what they saw. */
  private static final AtomicLong FIRST_SEEN = new AtomicLong();

  @TempDir Path directory;

  @Test
  void aJobGoesOnFromTheCheckpointThatACloseLeft() throws Exception {
    try (EmbeddedFlink first = start()) {
      RunningJob job = first.submit(numbers(first, Long.MAX_VALUE), Optional.empty());
      await().atMost(PATIENCE).until(() -> first.latestCheckpoint(JOB).isPresent());
      assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(job.name()).isEqualTo(JOB);
      assertThat(FIRST_SEEN).hasValue(0);
      assertThat(job.lastFailure()).isEmpty();
    }

    try (EmbeddedFlink second = start()) {
      Path checkpoint = second.latestCheckpoint(JOB).orElseThrow();
      second.submit(numbers(second, Long.MAX_VALUE), Optional.of(checkpoint));

      await().atMost(PATIENCE).until(() -> FIRST_SEEN.get() >= 0);
      assertThat(FIRST_SEEN).hasPositiveValue();
      await()
          .atMost(PATIENCE)
          .until(() -> !second.latestCheckpoint(JOB).equals(Optional.of(checkpoint)));
    }
  }

  @Test
  void aJobStoppedWithASavepointGoesOnFromIt() throws Exception {
    try (EmbeddedFlink flink = start()) {
      RunningJob job = flink.submit(numbers(flink, Long.MAX_VALUE), Optional.empty());
      await().atMost(PATIENCE).until(() -> FIRST_SEEN.get() == 0);

      Path savepoint = job.stopWithSavepoint(directory.resolve("savepoints"));

      assertThat(savepoint.resolve("_metadata")).exists();
      await().atMost(PATIENCE).until(() -> job.status() == JobStatus.FINISHED);
      flink.submit(numbers(flink, Long.MAX_VALUE), Optional.of(savepoint));
      await().atMost(PATIENCE).until(() -> FIRST_SEEN.get() > 0);
    }
  }

  @Test
  void aFailureIsVisibleWhetherTheJobIsRestartedOrNot() throws Exception {
    try (EmbeddedFlink flink = start()) {
      RunningJob restarted = flink.submit(numbers(flink, 5), Optional.empty());
      StreamExecutionEnvironment once = flink.environment("once");
      Configuration noRestart = new Configuration();
      noRestart.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
      once.configure(noRestart);
      RunningJob failed = flink.submit(define(once, 5), Optional.empty());

      await().atMost(PATIENCE).until(() -> failed.status() == JobStatus.FAILED);
      await().atMost(PATIENCE).until(() -> restarted.status() == JobStatus.RESTARTING);
      assertThat(failed.lastFailure()).get().asString().contains("planted at 5");
      assertThat(restarted.lastFailure()).get().asString().contains("planted at 5");

      restarted.cancel();
      await().atMost(PATIENCE).until(() -> restarted.status() == JobStatus.CANCELED);
    }
  }

  @Test
  void aCheckpointThatIsGoneFailsTheJob() throws Exception {
    try (EmbeddedFlink flink = start()) {
      Path gone = directory.resolve("chk-1");

      RunningJob job = flink.submit(numbers(flink, Long.MAX_VALUE), Optional.of(gone));

      await().atMost(PATIENCE).until(() -> job.status() == JobStatus.FAILED);
      assertThat(job.lastFailure()).get().asString().contains(gone.toString());
    }
  }

  @Test
  void theWebPageAnswers() throws Exception {
    try (EmbeddedFlink flink = start()) {
      assertThat(get(flink.webUrl() + "/")).contains("<html").contains("Flink");
      assertThat(get(flink.webUrl() + "/overview")).contains("\"slots-total\":4");
    }
  }

  @Test
  void aTakenPortIsOneSentence() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FlinkSettings settings = new FlinkSettings(directory, taken.getLocalPort(), 1);

      assertThatThrownBy(() -> EmbeddedFlink.start(settings))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " for Flink");
    }
  }

  private EmbeddedFlink start() {
    return EmbeddedFlink.start(FlinkSettings.of(directory));
  }

  private static StreamGraph numbers(EmbeddedFlink flink, long failAt) {
    return define(flink.environment(JOB), failAt);
  }

  private static StreamGraph define(StreamExecutionEnvironment environment, long failAt) {
    FIRST_SEEN.set(-1);
    environment.setParallelism(1);
    environment.enableCheckpointing(100);
    environment
        .fromSource(
            new NumberSequenceSource(0, Long.MAX_VALUE - 1),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .map(new FailingAt(failAt))
        .uid("failing")
        .sinkTo(new DiscardingSink<>())
        .uid("discard");
    return environment.getStreamGraph();
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static final class FailingAt implements MapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    private final long failAt;

    FailingAt(long failAt) {
      this.failAt = failAt;
    }

    @Override
    public Long map(Long value) {
      FIRST_SEEN.compareAndSet(-1, value);
      if (value == failAt) {
        throw new IllegalStateException("planted at " + failAt);
      }
      return value;
    }
  }
}
