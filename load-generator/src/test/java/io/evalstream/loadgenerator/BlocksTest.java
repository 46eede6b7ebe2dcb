package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.Arm;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RunKind;
import io.evalstream.events.RunPlan;
import io.evalstream.loadgenerator.http.NetworkOptions;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.BlockWorkload;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.Workload;
import io.evalstream.loadgenerator.request.Backend;
import io.evalstream.statistics.blocks.BlockMetric;
import io.evalstream.statistics.blocks.BlockStatistics;
import io.evalstream.statistics.blocks.RequestTiming;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that are cut into blocks, of one server and of two. */
@Timeout(60)
class BlocksTest {

  private static final int SIZE = 13;
  private static final Workload REQUESTS =
      new RandomWorkload(SIZE, 16, 8, 0.5, new Arrivals(400, Arrivals.Spacing.POISSON));
  private static final Workload THREE_BLOCKS = new BlockWorkload(REQUESTS, 3);

  private final RecordingPublisher published = new RecordingPublisher();

  @Test
  void everyBlockIsTheSamePlanWithPromptsOfItsOwn() {
    List<PlannedRequest> plan = THREE_BLOCKS.plan(5);
    List<PlannedRequest> first = plan.subList(0, SIZE);

    assertThat(plan).hasSize(3 * SIZE).extracting(PlannedRequest::promptId).doesNotHaveDuplicates();
    assertThat(plan)
        .extracting(PlannedRequest::index)
        .containsExactlyElementsOf(IntStream.range(0, 3 * SIZE).boxed().toList());
    for (PlannedRequest request : plan) {
      PlannedRequest same = first.get(request.index() % SIZE);
      assertThat(request.block().number()).isEqualTo(request.index() / SIZE);
      assertThat(request.block().warmUp()).isEqualTo(request.index() % SIZE < 2);
      assertThat(request.offsetNanos()).isEqualTo(same.offsetNanos());
      assertThat(request.promptTokens()).isEqualTo(same.promptTokens());
      assertThat(request.maxOutputTokens()).isEqualTo(same.maxOutputTokens());
    }
    assertThat(first)
        .extracting(PlannedRequest::promptId)
        .isEqualTo(REQUESTS.plan(5).stream().map(PlannedRequest::promptId).toList());
  }

  @Test
  void nothingIsInFlightBetweenBlocksAndEveryRequestKnowsItsBlock() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(4)))) {
      LoadResult result = run(config(server.url(), THREE_BLOCKS, 4, PATIENT));

      assertThat(result.status()).isEqualTo(ProducerState.Status.COMPLETED);
      assertThat(result.completed()).isEqualTo(3 * SIZE);
      RunPlan plan = published.events(RunPlan.class).get(0);
      assertThat(plan.kind()).isEqualTo(RunKind.LOAD);
      assertThat(plan.scenarios().get(0).blocks()).isEqualTo(new RunPlan.Blocks(3, SIZE, 2, null));
      assertThat(plan.scenarios().get(0).parameters()).containsEntry("blocks", "3");
      for (int block = 1; block < 3; block++) {
        long before =
            of(null, block - 1).stream().mapToLong(RequestOutcome::finishedAtUs).max().orElse(0);
        assertThat(of(null, block))
            .hasSize(SIZE)
            .allSatisfy(o -> assertThat(o.sentAtUs()).isGreaterThanOrEqualTo(before));
      }
      assertThat(of(null, 1).stream().filter(RequestOutcome::warmUp))
          .extracting(RequestOutcome::index)
          .containsExactlyInAnyOrder(13L, 14L);
    }
  }

  /** What is printed is what anybody computes from the outcomes. */
  @Test
  void aBlockSaysWhatItsOutcomesSay() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(4)))) {
      LoadResult result = run(config(server.url(), THREE_BLOCKS, 4, PATIENT));

      assertThat(result.blocks()).extracting(BlockResult::block).containsExactly(0, 1, 2);
      for (BlockResult block : result.blocks()) {
        List<RequestTiming> timings =
            of(null, block.block()).stream()
                .map(
                    o ->
                        new RequestTiming(
                            o.scheduledAtUs(),
                            o.sentAtUs(),
                            o.firstTokenAtUs(),
                            o.lastTokenAtUs(),
                            o.outputTokens(),
                            true,
                            o.warmUp()))
                .toList();
        BlockStatistics expected = BlockStatistics.of(timings, true);
        assertThat(block.statistics().requests()).isEqualTo(SIZE - 2);
        assertThat(block.statistics().values())
            .containsKeys(BlockMetric.E2EL_P95, BlockMetric.TTFT_P95)
            .isEqualTo(expected.values());
        assertThat(block.seconds()).isPositive();
      }
    }
  }

  @Test
  void twoServersGetTheSameBlocksInASeededOrder() throws IOException {
    try (ScriptedServer a = ScriptedServer.completions((q, r) -> r.write(stream(4)));
        ScriptedServer b = ScriptedServer.completions((q, r) -> r.write(stream(6)))) {
      LoadResult result = run(compared(a, b));

      RunPlan plan = published.events(RunPlan.class).get(0);
      List<Arm> order = plan.scenarios().get(0).blocks().order();
      assertThat(plan.kind()).isEqualTo(RunKind.AB);
      assertThat(plan.scenarios().get(0).plannedItems()).isEqualTo(6 * SIZE);
      assertThat(plan.scenarios().get(0).parameters())
          .containsEntry("base-url", a.url())
          .containsEntry("ab", b.url());
      assertThat(order).hasSize(6);
      for (int pair = 0; pair < 6; pair += 2) {
        assertThat(order.subList(pair, pair + 2)).containsExactlyInAnyOrder(Arm.A, Arm.B);
      }
      assertThat(result.blocks()).extracting(BlockResult::arm).isEqualTo(order);
      assertThat(result.blocks()).extracting(BlockResult::block).containsExactly(0, 0, 1, 1, 2, 2);
      assertThat(asked(a)).isEqualTo(asked(b)).hasSize(3 * SIZE);
      assertThat(published.events(RequestOutcome.class))
          .extracting(RequestOutcome::requestId)
          .doesNotHaveDuplicates()
          .hasSize(6 * SIZE);
      for (Arm arm : Arm.values()) {
        assertThat(
                published.events(RequestOutcome.class).stream()
                    .filter(o -> o.arm() == arm)
                    .map(RequestOutcome::index))
            .containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 3 * SIZE).mapToObj(i -> (long) i).toList());
      }
      long end = 0;
      for (int i = 0; i < 6; i++) {
        List<RequestOutcome> block = of(order.get(i), i / 2);
        assertThat(block.stream().mapToLong(RequestOutcome::sentAtUs).min().orElse(0))
            .isGreaterThanOrEqualTo(end);
        end = block.stream().mapToLong(RequestOutcome::finishedAtUs).max().orElse(0);
      }
      assertThat(result.arms()).extracting(ArmResult::arm).containsExactly(Arm.A, Arm.B);
      assertThat(result.arms())
          .extracting(each -> each.metrics().outputTokens())
          .containsExactly(3L * SIZE * 4, 3L * SIZE * 6);
      assertThat(result.arms()).extracting(ArmResult::url).containsExactly(a.url(), b.url());
      assertThat(result.metrics().outputTokens()).isEqualTo(3L * SIZE * 10);
      assertThat(result.planned()).isEqualTo(6 * SIZE);
    }
  }

  @Test
  void theOtherServerIsLookedAtBeforeTheFirstRequest() throws IOException {
    try (ScriptedServer a = ScriptedServer.completions((q, r) -> r.write(stream(4)));
        ScriptedServer b =
            new ScriptedServer((q, r) -> r.write(ScriptedServer.json(401, "", "")))) {
      assertThatThrownBy(() -> run(compared(a, b)))
          .isInstanceOf(LoadException.class)
          .hasMessageContaining(b.url() + "/v1/models answers 401");
      assertThat(a.requests()).isEmpty();
    }
  }

  @Test
  void badCombinationsAreRefused() {
    LoadConfig plain = config("http://h:1", REQUESTS, 4, PATIENT);
    LoadConfig blocks = config("http://h:1", THREE_BLOCKS, 4, PATIENT);

    assertThatThrownBy(() -> plain.with(against("http://h:2")))
        .hasMessageContaining("ab compares blocks");
    assertThatThrownBy(() -> blocks.with(new Shard(0, 2, null)))
        .hasMessageContaining("shard is given beside blocks");
    assertThatThrownBy(() -> new BlockWorkload(REQUESTS, 0)).hasMessageContaining("blocks is 0");
  }

  private LoadConfig compared(ScriptedServer a, ScriptedServer b) {
    return config(a.url(), THREE_BLOCKS, 4, PATIENT).with(against(b.url()));
  }

  private static Against against(String url) {
    return new Against(
        new Endpoint(Origin.parse(url), Backend.VLLM, null, null), NetworkOptions.DEFAULT);
  }

  private LoadResult run(LoadConfig config) {
    return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
        .run(config, ProgressListener.SILENT);
  }

  private List<RequestOutcome> of(Arm arm, int block) {
    return published.events(RequestOutcome.class).stream()
        .filter(o -> Objects.equals(o.arm(), arm) && o.block() == block)
        .toList();
  }

  private static List<String> asked(ScriptedServer server) {
    return server.requests().stream().map(ScriptedServer.Request::body).sorted().toList();
  }
}
