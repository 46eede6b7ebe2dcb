package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponsePlannerTest {
  @Test
  void chunksAreDueAfterFirstTokenPrefillAndGaps() {
    ResponsePlan plan =
        planner(
                b ->
                    b.timeToFirstToken("constant:50ms")
                        .prefillTimePerToken("100us")
                        .interTokenLatency("constant:10ms"))
            .plan(request(1, 4, 0, true));

    assertThat(offsets(plan)).containsExactly(51_000_000, 61_000_000, 71_000_000, 81_000_000);
    assertThat(plan.endOffsetNanos()).isEqualTo(81_000_000);
    assertThat(plan.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  @Test
  void noDistributionMakesAnOffsetOverflow() {
    ResponsePlan plan =
        planner(b -> b.prefillTimePerToken("86400s").interTokenLatency("86400s"))
            .plan(request(1, 200_000, 0, true));

    assertThat(offsets(plan)).isSorted();
    assertThat(plan.endOffsetNanos()).isEqualTo(365L * 86_400 * 1_000_000_000);
  }

  @Test
  void stallsLengthenGaps() {
    ResponsePlan plan =
        planner(
                b ->
                    b.timeToFirstToken("0")
                        .interTokenLatency("10ms")
                        .stallRate(1)
                        .stallDuration("200ms"))
            .plan(request(1, 3, 0, true));

    assertThat(offsets(plan)).containsExactly(0, 210_000_000, 420_000_000);
  }

  @Test
  void stallsHitTheirFractionOfTheGaps() {
    ResponsePlan plan =
        planner(b -> b.interTokenLatency("0").stallRate(0.05).stallDuration("1ms"))
            .plan(request(1, 20_000, 0, true));

    long stalled = (plan.offsetNanos(plan.chunks() - 1) - plan.offsetNanos(0)) / 1_000_000;
    assertThat((double) stalled / plan.chunks()).isCloseTo(0.05, within(0.01));
  }

  @Property
  void planHasExactlyTheTokensAskedFor(
      @ForAll long number, @ForAll @IntRange(min = 1, max = 300) int tokens) {
    ResponsePlan plan =
        planner(b -> b.tokensPerChunk("speculative:0.6,4").interTokenLatency("lognormal:10ms,1"))
            .plan(request(number, tokens, 0, true));

    assertThat(plan.tokens()).isEqualTo(tokens);
    assertThat(IntStream.range(0, plan.chunks()))
        .allMatch(i -> between(plan.tokensBefore(i + 1) - plan.tokensBefore(i), 1, 5));
    assertThat(offsets(plan)).isSorted();
  }

  @Property
  void answerEndsByItselfBetweenMinAndMaxTokens(
      @ForAll long number, @ForAll @IntRange(min = 0, max = 64) int minTokens) {
    ResponsePlan plan =
        planner(b -> b.answerLength("uniform:1,128")).plan(request(number, 64, minTokens, false));

    assertThat(plan.tokens()).isBetween(Math.max(1, minTokens), 64);
    assertThat(plan.finishReason())
        .isEqualTo(plan.tokens() == 64 ? FinishReason.LENGTH : FinishReason.STOP);
  }

  @Test
  void withoutEndOfSequenceEveryAnswerReachesMaxTokens() {
    ResponsePlanner planner = planner(b -> b.endOfSequence(false).answerLength("1"));

    assertThat(planner.plan(request(1, 64, 0, false)).tokens()).isEqualTo(64);
  }

  @Property
  void reasoningAndContentNeverShareAChunk(
      @ForAll long number, @ForAll @IntRange(min = 0, max = 50) int reasoning) {
    ResponsePlan plan =
        planner(b -> b.reasoningTokens(reasoning).tokensPerChunk("uniform:1,5"))
            .plan(chatRequest(number, 30));

    int expected = Math.min(reasoning, 30);
    assertThat(plan.reasoningTokens()).isEqualTo(expected);
    assertThat(IntStream.rangeClosed(0, plan.chunks()).map(plan::tokensBefore)).contains(expected);
  }

  @Property
  void sameRequestIdGivesTheSamePlanWhateverTheOrder(@ForAll String id, @ForAll long seed) {
    ResponsePlanner planner =
        planner(b -> b.interTokenLatency("pareto:1ms,2").tokensPerChunk("uniform:1,4"));
    GenerationRequest request = request(RequestSeed.ofRequestId(seed, id), 50, 0, false, false);

    ResponsePlan first = planner.plan(request);
    planner.plan(request(3, 10, 0, true));
    ResponsePlan second = planner.plan(request);

    assertThat(offsets(second)).isEqualTo(offsets(first));
    assertThat(second.tokens()).isEqualTo(first.tokens());
  }

  @Test
  void otherSeedsAndRequestsGiveOtherPlans() {
    assertThat(
            LongStream.range(0, 1_000)
                .mapToObj(i -> RequestSeed.ofArrival(i % 10, i / 10))
                .distinct())
        .hasSize(1_000);
    assertThat(RequestSeed.ofRequestId(1, "a")).isNotEqualTo(RequestSeed.ofRequestId(1, "b"));
    assertThat(RequestSeed.ofRequestId(1, "a")).isNotEqualTo(RequestSeed.ofRequestId(2, "a"));
  }

  @Test
  void changingOneDistributionLeavesTheDrawsOfTheOthers() {
    ResponsePlan before = planner(b -> b.timeToFirstToken("normal:50ms,5ms")).plan(ask(1));
    ResponsePlan after =
        planner(b -> b.timeToFirstToken("normal:50ms,5ms").interTokenLatency("lognormal:1ms,1"))
            .plan(ask(1));

    assertThat(after.tokens()).isEqualTo(before.tokens());
    assertThat(after.offsetNanos(0)).isEqualTo(before.offsetNanos(0));
  }

  @Test
  void faultsHitTheirFractionOfTheRequests() {
    ResponsePlanner planner =
        planner(b -> b.failureInjectionRate(0.1).cutRate(0.2).garbageRate(0.3));
    int refused = 0;
    int cut = 0;
    int garbled = 0;
    for (int i = 0; i < 5_000; i++) {
      ResponsePlan plan = planner.plan(ask(i));
      refused += planner.refuses(ask(i).seed()) ? 1 : 0;
      cut += plan.cutBefore() == ResponsePlan.NEVER ? 0 : 1;
      garbled += plan.garbageBefore() == ResponsePlan.NEVER ? 0 : 1;
    }

    assertThat(refused / 5_000.0).isCloseTo(0.1, within(0.02));
    assertThat(cut / 5_000.0).isCloseTo(0.2, within(0.02));
    assertThat(garbled / 5_000.0).isCloseTo(0.3, within(0.025));
  }

  @Property
  void cutIsAfterTheFirstChunk(
      @ForAll long number, @ForAll @IntRange(min = 1, max = 20) int tokens) {
    ResponsePlan plan = planner(b -> b.cutRate(1)).plan(request(number, tokens, 0, true));

    assertThat(plan.cutBefore()).isBetween(1, plan.chunks());
  }

  private static ResponsePlanner planner(UnaryOperator<SimulatorConfig.Builder> change) {
    return new ResponsePlanner(change.apply(SimulatorConfig.builder()).build());
  }

  private static GenerationRequest ask(long number) {
    return request(number, 400, 0, false);
  }

  private static GenerationRequest chatRequest(long number, int maxTokens) {
    return request(RequestSeed.ofArrival(0, number), maxTokens, 0, true, true);
  }

  private static GenerationRequest request(
      long number, int maxTokens, int minTokens, boolean ignoreEos) {
    return request(RequestSeed.ofArrival(0, number), maxTokens, minTokens, ignoreEos, false);
  }

  private static GenerationRequest request(
      RequestSeed seed, int maxTokens, int minTokens, boolean ignoreEos, boolean chat) {
    return new GenerationRequest(
        "id", seed, chat, "model", 10, maxTokens, minTokens, ignoreEos, true, false, false);
  }

  private static long[] offsets(ResponsePlan plan) {
    return IntStream.range(0, plan.chunks()).mapToLong(plan::offsetNanos).toArray();
  }

  private static boolean between(int value, int least, int most) {
    return value >= least && value <= most;
  }
}
