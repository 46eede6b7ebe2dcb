package io.evalstream.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.Event;
import io.evalstream.events.EventCodec;
import io.evalstream.events.Metric;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.TokenTimings;
import io.evalstream.jobs.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MeasurersTest {

  /** The last instant that the contract allows. */
  private static final long LATEST_US = 4_102_444_800_000_000L;

  private static final long T0 = Records.T0;

  @Property(tries = 500)
  void chunksAreMeasuredAsDefined(@ForAll("responses") List<TokenTimings> records) {
    Oracle oracle = new Oracle();
    records.forEach(oracle::add);

    assertThat(measured(new TokenTimingsMeasurer(), records)).isEqualTo(oracle.windows());
  }

  @Property(tries = 500)
  void requestsAreMeasuredAsDefined(@ForAll("requests") List<RequestOutcome> records) {
    Oracle oracle = new Oracle();
    records.forEach(oracle::add);

    assertThat(measured(new RequestOutcomesMeasurer(), records)).isEqualTo(oracle.windows());
  }

  @Example
  void aGapBelongsToTheWindowOfItsOwnInstant() {
    TokenTimings record =
        Records.timings("p", 0, 0, T0 + 2_000_000, new int[] {400_000, 600_001, 999_999}, null);

    assertThat(counts(new TokenTimingsMeasurer(), record))
        .isEqualTo(
            Map.of(
                "chunk_tokens+0",
                2L,
                "itl+0",
                1L,
                "token_latency+0",
                1L,
                "chunk_tokens+1",
                1L,
                "itl+1",
                1L,
                "token_latency+1",
                1L,
                "chunk_tokens+2",
                1L,
                "itl+2",
                1L,
                "token_latency+2",
                1L));
  }

  @Example
  void theFirstChunkHasNoGap() {
    assertThat(counts(new TokenTimingsMeasurer(), Records.oneToken("p", 0, T0)))
        .isEqualTo(Map.of("chunk_tokens+0", 1L));
  }

  @Example
  void aChunkOfSeveralTokensSharesItsTimeAmongThem() {
    TokenTimings record =
        Records.timings(
            "p", 0, 0, T0 + 500, new int[] {100, 200, 100, 90}, new int[] {0, 2, 4, 0, 3});

    assertThat(parts(new TokenTimingsMeasurer(), List.of(record)))
        .filteredOn(part -> part.window().metric().equals("token_latency"))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.sketch().count()).as("not those of the first chunk").isEqualTo(7);
              assertThat(part.sketch().min()).isEqualTo(50);
              assertThat(part.sketch().max()).isEqualTo(63);
              assertThat(part.sketch().sum()).isEqualTo(4 * 50 + 3 * 63);
            });
  }

  @Example
  void aRequestIsInFlightFromItsSendToItsEnd() {
    long sent = T0 + 750_000;
    RequestOutcome over = Records.ok("p", 0, T0, sent, sent, sent, T0 + 2_500_000, 1);

    assertThat(parts(new RequestOutcomesMeasurer(), List.of(over)))
        .filteredOn(part -> part.window().metric().equals("in_flight"))
        .extracting(part -> (part.window().startUs() - T0) + " " + part.sketch().sum())
        .containsExactlyInAnyOrder("0 250000", "1000000 1000000", "2000000 500000");
  }

  @Example
  void aFailedRequestStandsOutsideTheDistributions() {
    RequestOutcome failed = Records.failed("p", 0, T0, T0 + 5, RequestStatus.TIMEOUT);

    assertThat(counts(new RequestOutcomesMeasurer(), failed))
        .isEqualTo(Map.of("arrivals+0", 1L, "ends+0", 1L, "failed+0", 1L, "failed_timeout+0", 1L));
  }

  @Example
  void oneTokenHasNoTimePerOutputToken() {
    RequestOutcome one = Records.ok("p", 0, T0, T0, T0 + 1, T0 + 9, T0 + 9, 1);
    RequestOutcome two = Records.ok("p", 0, T0, T0, T0 + 1, T0 + 9, T0 + 9, 2);

    assertThat(counts(new RequestOutcomesMeasurer(), one)).doesNotContainKey("tpot+0");
    assertThat(counts(new RequestOutcomesMeasurer(), two)).containsEntry("tpot+0", 1L);
  }

  @Example
  void noRecordHoweverWrongMakesASumOverflow() {
    RequestOutcome wrong = Records.ok("p", 0, 0, 0, LATEST_US, LATEST_US, T0, 1_000_000_000);
    WindowAccumulators windows = new WindowAccumulators();
    for (int i = 0; i < 1_000; i++) {
      new RequestOutcomesMeasurer().measure(wrong, windows);
    }
    List<WindowPartial> parts = new ArrayList<>();
    windows.drain(parts::add);

    assertThat(parts).allSatisfy(part -> assertThat(part.sketch().sum()).isNotNegative());
    assertThat(parts)
        .filteredOn(part -> part.window().metric().equals("e2el"))
        .singleElement()
        .satisfies(
            part -> assertThat(part.sketch().max()).isEqualTo(RequestOutcomesMeasurer.LARGEST));
  }

  @Example
  void whatWasDrainedIsGone() {
    WindowAccumulators windows = new WindowAccumulators();
    List<WindowPartial> parts = new ArrayList<>();
    windows.at(Records.RUN, "s", T0).of(Metric.ITL).accept(5);
    windows.at(Records.RUN, "s", T0).of(Metric.TTFT);

    windows.drain(parts::add);
    windows.drain(parts::add);
    windows.at(Records.RUN, "s", T0).of(Metric.TPOT).accept(6);
    windows.drain(parts::add);

    assertThat(windows.size()).isZero();
    assertThat(parts)
        .extracting(part -> part.window().metric() + " " + part.sketch().sum())
        .containsExactly("itl 5", "tpot 6");
  }

  @Provide
  Arbitrary<List<TokenTimings>> responses() {
    Arbitrary<int[]> gaps =
        Arbitraries.integers().between(0, 1_500_000).array(int[].class).ofMaxSize(12);
    Arbitrary<int[]> tokens =
        Arbitraries.integers().between(0, 9).array(int[].class).ofSize(13).injectNull(0.3);
    return Combinators.combine(
            Arbitraries.longs().between(0, 5_000_000), Arbitraries.of(0, 1), gaps, tokens)
        .filter((at, index, gap, token) -> gap.length + (index == 0 ? 1 : 0) > 0)
        .as(
            (at, index, gap, token) ->
                Records.timings(
                    "p",
                    0,
                    index,
                    T0 + at,
                    gap,
                    token == null ? null : Arrays.copyOf(token, gap.length + (index == 0 ? 1 : 0))))
        .list()
        .ofMaxSize(10);
  }

  @Provide
  Arbitrary<List<RequestOutcome>> requests() {
    Arbitrary<Long> duration = Arbitraries.longs().between(0, 3_000_000);
    Arbitrary<RequestOutcome> ok =
        Combinators.combine(
                duration,
                duration,
                duration,
                duration.injectNull(0.2),
                Arbitraries.longs().between(0, 5))
            .as(
                (lag, first, extra, rest, tokens) -> {
                  long sent = T0 + lag;
                  long firstAt = sent + first;
                  Long lastAt = rest == null ? null : firstAt + rest;
                  long end = (lastAt == null ? firstAt : lastAt) + extra;
                  return Records.ok("p", 0, T0 + 500_000, sent, firstAt, lastAt, end, tokens);
                });
    Arbitrary<RequestOutcome> failed =
        Combinators.combine(
                duration, Arbitraries.of(RequestStatus.class).filter(s -> s != RequestStatus.OK))
            .as((took, status) -> Records.failed("p", 0, T0, T0 + took, status));
    return Arbitraries.oneOf(ok, failed).list().ofMaxSize(20);
  }

  private static <E extends Event> Map<String, String> measured(
      Measurer<E> measurer, List<? extends Event> records) {
    return Oracle.merged(parts(measurer, records));
  }

  private static <E extends Event> List<WindowPartial> parts(
      Measurer<E> measurer, List<? extends Event> records) {
    WindowAccumulators windows = new WindowAccumulators();
    records.forEach(record -> measurer.measure(measurer.read(EventCodec.encode(record)), windows));
    List<WindowPartial> parts = new ArrayList<>();
    windows.drain(parts::add);
    return parts;
  }

  /** How many values each metric has in each second after T0. */
  private static <E extends Event> Map<String, Long> counts(Measurer<E> measurer, Event record) {
    Map<String, Long> counts = new TreeMap<>();
    parts(measurer, List.of(record))
        .forEach(
            part ->
                counts.put(
                    part.window().metric() + "+" + (part.window().startUs() - T0) / 1_000_000,
                    part.sketch().count()));
    return counts;
  }
}
