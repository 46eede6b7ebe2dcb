package io.evalstream.events;

import io.evalstream.events.RunPlan.PlannedScenario;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Every record that keeps the contract, as far as a few hundred tries can show it. */
final class EventArbitraries extends DomainContextBase {

  /** A record of any type. */
  record AnyEvent(Object event) {

    /** What the bytes of this record are read back as. */
    Object decode(byte[] json) {
      return event instanceof RunRecord
          ? EventCodec.decodeRun(json)
          : EventCodec.decode(json, event.getClass());
    }

    byte[] encode() {
      return EventCodec.encode(event);
    }
  }

  @Provide
  static Arbitrary<AnyEvent> events() {
    return Arbitraries.oneOf(
            tokenTimings(),
            requestOutcomes(),
            generatorHealth(),
            serverMetrics(),
            runPlans(),
            producerStates(),
            metricWindows(),
            runCounts(),
            runGrades(),
            deadLetters())
        .map(AnyEvent::new);
  }

  /** One record of each type, with everything that may be null set. */
  static Stream<AnyEvent> samples() {
    Map<String, String> texts = Map.of("한국어", "ünï");
    return Stream.of(
            new TokenTimings(
                1, "20260131-a", "p", 3, "s", "r", 0, 9, new int[] {1, 2}, new int[] {1, 2, 3}),
            new RequestOutcome(
                1,
                "20260131-a",
                "p",
                3,
                "s",
                "r",
                4,
                "q",
                5,
                6L,
                7L,
                8L,
                9,
                10,
                11,
                12,
                13L,
                RequestStatus.OK,
                200,
                "e",
                "stop",
                14,
                true,
                Arm.B,
                15),
            new GeneratorHealth(
                1,
                "20260131-a",
                "p",
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                11,
                12,
                13,
                14,
                List.of("stalls", "gc_pauses")),
            new RunPlan(
                1,
                "20260131-a",
                "p",
                3,
                4,
                RunKind.LOAD,
                "m",
                "v",
                "sha256:1",
                texts,
                List.of(
                    new PlannedScenario(
                        "s",
                        5L,
                        texts,
                        new RunPlan.Blocks(1, 6, 1, List.of(Arm.B, Arm.A)),
                        new RunPlan.Slo(
                            List.of("A", "B"),
                            List.of(new RunPlan.Bounds("p95_ttft_ms", List.of(200.5)))))),
                1,
                -6,
                "b",
                texts),
            new ProducerState(
                1,
                "20260131-a",
                "p",
                3,
                4,
                ProducerState.Type.FINISHED,
                ProducerState.Status.COMPLETED,
                "why",
                Map.of("token-timings", new ProducerState.SentCount(5, 6)),
                2,
                List.of("It was late.")),
            new MetricWindow(
                1,
                "20260131-a",
                "s",
                "itl",
                1,
                2,
                3,
                true,
                4,
                1,
                5,
                BigInteger.TEN,
                0,
                6,
                new int[] {-7, 8},
                new long[] {1, 2}),
            new RunCount(1, "20260131-a", "p", "token-timings", 2, 3, 4, 5, 6, 7, true, 8),
            new DeadLetter(1, "runs", 2, 3, 4, "unreadable", "why", new byte[] {0, -1}, 5),
            new ServerMetrics(
                1,
                "20260131-a",
                "p",
                3,
                4,
                "http://h:8000",
                20L,
                21L,
                0.5,
                23L,
                24L,
                25L,
                26L,
                27L,
                28L,
                29L,
                30L,
                31L,
                32L,
                33L,
                0.5,
                350.5),
            new RunGrade(
                1,
                "20260131-a",
                "s",
                2,
                RunGrade.State.PROVISIONAL,
                "B",
                "A",
                "B",
                List.of("p95_ttft_ms"),
                0.95,
                3,
                4L,
                List.of(new RunGrade.OfMetric("p95_ttft_ms", "B", 300.5, 200.0, 150.0, 400.0)),
                "w"))
        .map(AnyEvent::new);
  }

  private static Arbitrary<TokenTimings> tokenTimings() {
    Arbitrary<int[]> numbers =
        Arbitraries.integers()
            .between(0, (int) (TokenTimings.MAX_SPAN_US / 20))
            .array(int[].class)
            .ofMinSize(1)
            .ofMaxSize(20);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(common(), text(), text(), flags, flags, numbers, numbers, instants())
        .as(
            (c, scenario, request, first, plain, gaps, counts, at) -> {
              int[] tokens = new int[gaps.length + (first ? 1 : 0)];
              for (int i = 0; i < tokens.length; i++) {
                tokens[i] = counts[i % counts.length] % 1_000_001;
              }
              return new TokenTimings(
                  1,
                  c.runId,
                  c.producerId,
                  c.sequence,
                  scenario,
                  request,
                  first ? 0 : 1 + gaps[0] / 2,
                  at,
                  gaps,
                  plain ? null : tokens);
            });
  }

  private static Arbitrary<RequestOutcome> requestOutcomes() {
    Arbitrary<Long[]> optional = count().injectNull(0.3).array(Long[].class).ofSize(4);
    Arbitrary<Long[]> given = count().array(Long[].class).ofSize(6);
    Arbitrary<Integer> http = Arbitraries.integers().between(100, 599).injectNull(0.3);
    Arbitrary<String> reason = text().injectNull(0.3);
    return Combinators.combine(
            common(), text(), given, optional, http, Arbitraries.of(RequestStatus.class), reason)
        .as(
            (c, text, n, o, httpStatus, status, error) -> {
              boolean ok = status == RequestStatus.OK;
              return new RequestOutcome(
                  1,
                  c.runId,
                  c.producerId,
                  c.sequence,
                  text,
                  text,
                  n[0],
                  text,
                  n[1],
                  ok ? n[2] : o[0],
                  ok ? n[3] : o[1],
                  o[2],
                  n[2],
                  n[3],
                  n[4],
                  n[5],
                  o[3],
                  status,
                  httpStatus,
                  error,
                  error,
                  httpStatus,
                  httpStatus == null ? null : ok,
                  httpStatus == null || ok ? null : Arm.A,
                  httpStatus);
            });
  }

  private static Arbitrary<GeneratorHealth> generatorHealth() {
    Arbitrary<Long[]> numbers = count().array(Long[].class).ofSize(11);
    return Combinators.combine(common(), numbers, doubts())
        .as(
            (c, n, doubts) ->
                new GeneratorHealth(
                    1,
                    c.runId,
                    c.producerId,
                    c.sequence,
                    n[0],
                    n[1],
                    n[2],
                    n[3],
                    n[4],
                    n[5],
                    n[6],
                    n[7],
                    n[8],
                    n[9],
                    n[10],
                    doubts));
  }

  private static Arbitrary<List<String>> doubts() {
    return text().list().ofMaxSize(3).injectNull(0.3);
  }

  private static Arbitrary<ServerMetrics> serverMetrics() {
    Arbitrary<Long[]> counts = count().injectNull(0.3).array(Long[].class).ofSize(13);
    Arbitrary<Double[]> shares =
        Arbitraries.doubles().between(0, 1).injectNull(0.3).array(Double[].class).ofSize(3);
    return Combinators.combine(common(), instants(), text(), counts, shares)
        .as(
            (c, at, endpoint, l, d) ->
                new ServerMetrics(
                    1,
                    c.runId,
                    c.producerId,
                    c.sequence,
                    at,
                    endpoint,
                    l[0],
                    l[1],
                    d[0],
                    l[2],
                    l[3],
                    l[4],
                    l[5],
                    l[6],
                    l[7],
                    l[8],
                    l[9],
                    l[10],
                    l[11],
                    l[12],
                    d[1],
                    d[2] == null ? null : 700 * d[2]));
  }

  private static Arbitrary<RunPlan> runPlans() {
    Arbitrary<Map<String, String>> texts = Arbitraries.maps(text(), freeText()).ofMaxSize(4);
    Arbitrary<List<PlannedScenario>> scenarios =
        Combinators.combine(text(), count().injectNull(0.3), texts)
            .as(PlannedScenario::new)
            .list()
            .ofMaxSize(3);
    return Combinators.combine(
            common(),
            count(),
            Arbitraries.of(RunKind.class),
            text().injectNull(0.3),
            texts,
            scenarios,
            Arbitraries.integers().between(1, RunPlan.MAX_PRODUCERS),
            Arbitraries.longs())
        .as(
            (c, at, kind, optional, map, planned, producers, seed) ->
                new RunPlan(
                    1,
                    c.runId,
                    c.producerId,
                    c.sequence,
                    at,
                    kind,
                    c.producerId,
                    c.producerId,
                    optional,
                    map,
                    planned,
                    producers,
                    seed,
                    optional,
                    map));
  }

  private static Arbitrary<RunGrade> runGrades() {
    Arbitrary<RunGrade.OfMetric> metrics =
        Combinators.combine(
                text(),
                Arbitraries.doubles(),
                Arbitraries.doubles().injectNull(0.3).array(Double[].class).ofSize(3))
            .as((text, figure, d) -> new RunGrade.OfMetric(text, text, figure, d[0], d[1], d[2]));
    return Combinators.combine(
            common(),
            Arbitraries.of(RunGrade.State.class),
            text(),
            text().injectNull(0.3),
            text().list().ofMaxSize(3),
            Arbitraries.doubles().between(0, 1),
            count().injectNull(0.3),
            metrics.list().ofMaxSize(3))
        .as(
            (c, state, text, letter, deciding, confidence, planned, ofMetrics) ->
                new RunGrade(
                    1,
                    c.runId,
                    text,
                    c.sequence,
                    state,
                    letter,
                    text,
                    text,
                    deciding,
                    confidence,
                    c.sequence,
                    planned,
                    ofMetrics,
                    letter == null ? text : null));
  }

  private static Arbitrary<ProducerState> producerStates() {
    Arbitrary<Map<String, ProducerState.SentCount>> sent =
        Arbitraries.maps(
                text(), Combinators.combine(count(), count()).as(ProducerState.SentCount::new))
            .ofMaxSize(4);
    return Combinators.combine(
            common(),
            count(),
            Arbitraries.of(ProducerState.Type.class),
            Arbitraries.of(ProducerState.Status.class),
            text().injectNull(0.3),
            sent,
            Arbitraries.integers().between(0, 99).injectNull(0.3),
            doubts())
        .as(
            (c, at, type, status, reason, counts, shard, doubts) ->
                new ProducerState(
                    1,
                    c.runId,
                    c.producerId,
                    c.sequence,
                    at,
                    type,
                    type == ProducerState.Type.FINISHED ? status : null,
                    reason,
                    counts,
                    shard,
                    doubts));
  }

  private static Arbitrary<MetricWindow> metricWindows() {
    Arbitrary<Map<Integer, Integer>> bins =
        Arbitraries.maps(Arbitraries.integers(), sizes().map(n -> n / 2 + 1)).ofMaxSize(5);
    Arbitrary<Long[]> numbers = count().array(Long[].class).ofSize(6);
    Arbitrary<BigInteger> squares =
        Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(127));
    return Combinators.combine(common(), text(), bins, sizes(), numbers, squares)
        .as(
            (c, text, counts, zeros, n, sumOfSquares) -> {
              int[] indexes =
                  counts.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
              long[] binCounts = new long[indexes.length];
              long count = zeros;
              for (int i = 0; i < indexes.length; i++) {
                binCounts[i] = counts.get(indexes[i]);
                count += binCounts[i];
              }
              return new MetricWindow(
                  1,
                  c.runId,
                  text,
                  text,
                  n[0],
                  n[1] % 3_600_000_001L,
                  n[2],
                  zeros % 2 == 0,
                  count,
                  zeros,
                  n[3],
                  sumOfSquares,
                  n[4],
                  n[5],
                  indexes,
                  binCounts);
            });
  }

  private static Arbitrary<RunCount> runCounts() {
    return Combinators.combine(common(), text(), count().array(Long[].class).ofSize(7))
        .as(
            (c, topic, n) ->
                new RunCount(
                    1,
                    c.runId,
                    c.producerId,
                    topic,
                    n[0],
                    n[1],
                    n[2],
                    n[3],
                    n[4],
                    n[5],
                    n[6] > 0,
                    n[6]));
  }

  private static Arbitrary<DeadLetter> deadLetters() {
    Arbitrary<byte[]> raw = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    return Combinators.combine(text(), sizes(), count(), count(), text(), raw)
        .as(
            (text, partition, offset, at, reason, bytes) ->
                new DeadLetter(
                    1, text, partition, offset, at, text, reason, bytes, bytes.length + at / 2));
  }

  private record Common(String runId, String producerId, long sequence) {}

  private static Arbitrary<Common> common() {
    Arbitrary<String> runId =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('A', 'Z')
            .withCharRange('0', '9')
            .withChars("-_.")
            .ofMinLength(1)
            .ofMaxLength(100)
            .map(suffix -> "20260131" + suffix);
    return Combinators.combine(runId, text(), count()).as(Common::new);
  }

  /** Text of any script, with quotes, control characters and what lies beyond the basic plane. */
  private static Arbitrary<String> freeText() {
    return Arbitraries.of(
            "a", "\"", "\\", "\n", "\u0000", "\u2028", "ß", "한", "글", "漢", "😀", "{", "}", "é", " ")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static Arbitrary<String> text() {
    return freeText().filter(text -> !text.isEmpty());
  }

  private static Arbitrary<Long> count() {
    return Arbitraries.longs().between(0, 1_000_000_000L);
  }

  private static Arbitrary<Integer> sizes() {
    return Arbitraries.integers().greaterOrEqual(0);
  }

  /** Instants late enough for every response that is generated here. */
  private static Arbitrary<Long> instants() {
    return Arbitraries.longs().between(20L * Integer.MAX_VALUE, 4_102_444_800_000_000L);
  }
}
