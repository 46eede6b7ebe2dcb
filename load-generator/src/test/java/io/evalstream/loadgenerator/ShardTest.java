package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static io.evalstream.loadgenerator.TestConfigs.shard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RunPlan;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One plan that several processes share. */
@Timeout(60)
class ShardTest {

  private static final String RUN = "20260131-shards";
  private static final Workload WORKLOAD =
      new RandomWorkload(41, 16, 8, 0.5, new Arrivals(400, Arrivals.Spacing.POISSON));

  private final RecordingPublisher published = new RecordingPublisher();

  @Test
  void fourShardsAreOneProcess() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(3)))) {
      LoadResult whole =
          new LoadGenerator(kafka -> new RecordingPublisher(), Duration.ofSeconds(20))
              .run(config(server.url(), WORKLOAD, 8, PATIENT), ProgressListener.SILENT);
      List<String> wanted = server.requests().stream().map(ShardTest::asked).sorted().toList();
      Instant start = Instant.now().plusSeconds(3);
      List<CompletableFuture<LoadResult>> running =
          IntStream.range(0, 4)
              .mapToObj(i -> shard(server.url(), WORKLOAD, 8, RUN, new Shard(i, 4, start)))
              .map(part -> CompletableFuture.supplyAsync(() -> run(part)))
              .toList();
      List<LoadResult> parts = running.stream().map(CompletableFuture::join).toList();

      assertThat(
              server.requests().stream()
                  .skip(wanted.size())
                  .map(ShardTest::asked)
                  .sorted()
                  .toList())
          .isEqualTo(wanted);
      LoadMetrics merged = LoadMetrics.merged(parts.stream().map(LoadResult::metrics).toList());
      assertThat(merged.completed()).isEqualTo(whole.metrics().completed()).isEqualTo(41);
      assertThat(merged.itl().count()).isEqualTo(whole.metrics().itl().count());
      assertThat(merged.inputTokens()).isEqualTo(whole.metrics().inputTokens());
      assertThat(merged.outputTokens()).isEqualTo(whole.metrics().outputTokens());
      assertThat(merged.ttft().maxMs())
          .isEqualTo(parts.stream().mapToDouble(p -> p.metrics().ttft().maxMs()).max().orElse(0));
      assertThat(merged.durationSeconds())
          .isEqualTo(
              parts.stream().mapToDouble(p -> p.metrics().durationSeconds()).max().orElse(0));
      assertThat(published.events(RunPlan.class))
          .singleElement()
          .satisfies(
              plan -> {
                assertThat(plan.producers()).isEqualTo(4);
                assertThat(plan.scenarios().get(0).plannedItems()).isEqualTo(41);
                assertThat(plan.scenarios().get(0).parameters())
                    .containsEntry("max-concurrency", "8");
              });
      assertThat(published.events(ProducerState.class))
          .filteredOn(state -> state.type() == ProducerState.Type.FINISHED)
          .extracting(ProducerState::producerId)
          .hasSize(4)
          .doesNotHaveDuplicates();
      assertThat(published.events(ProducerState.class))
          .filteredOn(state -> state.type() == ProducerState.Type.FINISHED)
          .extracting(ProducerState::shard)
          .containsExactlyInAnyOrder(0, 1, 2, 3);
      assertThat(published.events(RequestOutcome.class))
          .extracting(RequestOutcome::index)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 41).mapToObj(i -> (long) i).toList());
      assertTheScheduleIsCommon(start);
    }
  }

  /** Each request is due when the plan of the whole says, from the common start on. */
  private void assertTheScheduleIsCommon(Instant start) {
    long startUs = ChronoUnit.MICROS.between(Instant.EPOCH, start);
    Map<Long, RequestOutcome> outcomes =
        published.events(RequestOutcome.class).stream()
            .collect(Collectors.toMap(RequestOutcome::index, Function.identity()));
    WORKLOAD
        .plan(0)
        .forEach(
            planned ->
                assertThat(outcomes.get((long) planned.index()).scheduledAtUs() - startUs)
                    .isBetween(planned.offsetNanos() / 1000 - 2, planned.offsetNanos() / 1000 + 2));
  }

  @Test
  void aStartThatHasPassedIsRefused() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(3)))) {
      Shard late = new Shard(0, 1, Instant.now().minusSeconds(1));

      assertThatThrownBy(() -> run(config(server.url(), requests(1), 1, PATIENT).with(late)))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining("has passed");
    }
  }

  @Test
  void limitsAreShared() {
    assertThat(IntStream.range(0, 4).mapToObj(i -> new Shard(i, 4, null).of(10)))
        .containsExactly(3, 3, 2, 2);
    assertThat(Shard.WHOLE.of((Integer) null)).isNull();
  }

  @Test
  void theFormIsChecked() {
    assertThat(Shard.parse("1/4", null)).isEqualTo(new Shard(1, 4, null));
    assertThatThrownBy(() -> Shard.parse("4/4", null)).hasMessageContaining("i from 0 to n - 1");
    assertThatThrownBy(() -> Shard.parse("a", null)).hasMessageContaining("'a'");
    assertThatThrownBy(
            () -> config("http://h:1", requests(1), 3, PATIENT).with(new Shard(0, 4, null)))
        .hasMessageContaining("at least one to each");
    assertThatThrownBy(
            () -> config("http://h:1", requests(1), 4, PATIENT).with(new Shard(0, 4, null)))
        .hasMessageContaining("needs a run-id");
  }

  private LoadResult run(LoadConfig config) {
    return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
        .run(config, ProgressListener.SILENT);
  }

  private static String asked(ScriptedServer.Request request) {
    return request.headers().get("X-Request-Id").replaceAll(".*-", "") + " " + request.body();
  }
}
