package io.evalstream.jobs.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunGrade;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.accounting.Versions;
import io.evalstream.jobs.latency.RequestOutcomesMeasurer;
import io.evalstream.jobs.latency.WindowAccumulators;
import io.evalstream.jobs.latency.WindowMerger;
import io.evalstream.jobs.latency.WindowPartial;
import io.evalstream.jobs.lifecycle.RunSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RunGraderTest {

  private static final int EPOCH = 3;
  private static final long T0 = Records.T0;
  private static final long NOW = T0 / 1_000;
  private static final RunNews CLOSED = signal(RunSignal.Kind.CLOSED);
  private static final RunNews RELEASED = signal(RunSignal.Kind.RELEASED);
  private static final RunNews WITHHELD = signal(RunSignal.Kind.WITHHELD);
  private static final Map<String, List<Double>> BOUNDS =
      Map.of(
          "success_rate_percent", List.of(98.0, 95.0),
          "output_throughput", List.of(50.0, 10.0),
          "request_throughput", List.of(2.0, 1.0),
          "p95_ttft_ms", List.of(200.0, 500.0),
          "mean_tpot_ms", List.of(50.0, 100.0),
          "median_e2el_ms", List.of(2_000.0, 5_000.0));
  private static final RunNews PLANNED = RunNews.planned(Records.gradedPlan(1, BOUNDS));

  @Property(tries = 30)
  void theGradeIsTheSameWhateverTheOrder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<RequestOutcome> requests = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      requests.add(request(i, random));
    }
    RunGrade inOrder = last(grades(requests, 0, random));
    Collections.shuffle(requests, random);
    List<RunGrade> shuffled = grades(requests, random.nextInt(requests.size()), random);

    assertThat(last(shuffled)).usingRecursiveComparison().isEqualTo(inOrder);
    assertThat(inOrder.state()).isEqualTo(RunGrade.State.FINAL);
    assertThat(shuffled).extracting(RunGrade::version).isSorted();
  }

  @Test
  void figuresAreThoseOfTheRequests() throws Exception {
    try (var harness = open()) {
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 40), ok(1, 1_000, 300, 60), failed(2, 2_000, 4_000));
      harness.setProcessingTime(NOW + 1_000);

      RunGrade grade = last(harness.extractOutputValues());
      assertThat(grade.letter()).isEqualTo("C");
      assertThat(grade.deciding()).containsExactly("success_rate_percent", "request_throughput");
      assertThat(grade.requests()).isEqualTo(3);
      assertThat(grade.plannedRequests()).isEqualTo(7);
      assertThat(figure(grade, "success_rate_percent")).isCloseTo(66.667, within(0.001));
      assertThat(figure(grade, "request_throughput")).isEqualTo(0.5);
      assertThat(figure(grade, "output_throughput")).isEqualTo(25.0);
      assertThat(figure(grade, "p95_ttft_ms")).isCloseTo(300, within(3.0));
      assertThat(figure(grade, "mean_tpot_ms")).isEqualTo(10);
    }
  }

  @Test
  void itIsGivenAtMostOnceASecondAndOnlyWhenValuesHaveCome() throws Exception {
    try (var harness = open()) {
      harness.processElement2(PLANNED, 0);
      for (int i = 0; i < 30; i++) {
        send(harness, ok(i, i * 100L, 100, 5));
        harness.setProcessingTime(NOW + 100L * i);
      }
      harness.setProcessingTime(NOW + 60_000);

      assertThat(harness.extractOutputValues()).hasSize(3);
    }
  }

  @Test
  void itIsProvisionalAsLongAsAnIntervalReachesOverABound() throws Exception {
    try (var harness = open()) {
      harness.processElement2(
          RunNews.planned(
              Records.gradedPlan(1, Map.of("success_rate_percent", List.of(98.0, 95.0)))),
          0);
      harness.setProcessingTime(NOW + 1_000);
      send(harness, ok(0, 0, 100, 5));
      harness.setProcessingTime(NOW + 2_000);
      for (int i = 1; i < 400; i++) {
        send(harness, ok(i, i, 100, 5));
      }
      harness.setProcessingTime(NOW + 3_000);
      harness.processElement2(CLOSED, 0);
      harness.setProcessingTime(NOW + 3_000 + WindowMerger.SETTLE_MS);

      assertThat(harness.extractOutputValues())
          .extracting(
              grade ->
                  grade.state().text()
                      + " "
                      + grade.letter()
                      + " "
                      + grade.bestLetter()
                      + grade.worstLetter())
          .containsExactly("provisional null AC", "provisional A AC", "settled A AA", "final A AA");
      assertThat(harness.extractOutputValues()).extracting(RunGrade::version).isSorted();
    }
  }

  @Test
  void aPlanThatComesLaterGradesWhatHasCome() throws Exception {
    try (var harness = open()) {
      send(harness, ok(0, 0, 100, 5), ok(1, 0, 100, 5));
      harness.setProcessingTime(NOW + 1_000);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement2(PLANNED, 0);
      harness.setProcessingTime(NOW + 2_000);

      assertThat(last(harness.extractOutputValues()).requests()).isEqualTo(2);
    }
  }

  @Test
  void aRunWithoutBoundsIsNotGraded() throws Exception {
    try (var harness = open()) {
      harness.processElement2(RunNews.planned(Records.plan(1)), 0);
      send(harness, ok(0, 0, 100, 5));
      harness.setProcessingTime(NOW + 1_000);

      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void thatBoundsMakeNoScaleIsSaid() throws Exception {
    try (var harness = open()) {
      harness.processElement2(
          RunNews.planned(Records.gradedPlan(1, Map.of("p95_ttft_ms", List.of(500.0, 200.0)))), 0);
      send(harness, ok(0, 0, 100, 5));
      harness.processElement2(CLOSED, 0);
      harness.setProcessingTime(NOW + WindowMerger.SETTLE_MS);

      RunGrade grade = last(harness.extractOutputValues());
      assertThat(grade.letter()).isNull();
      assertThat(grade.state()).isEqualTo(RunGrade.State.FINAL);
      assertThat(grade.requests()).isEqualTo(1);
      assertThat(grade.reason())
          .isEqualTo(
              "The bounds on the plan make no scale: p95_ttft_ms has 200.0 for B, which is as"
                  + " strict as its bound for A");
    }
  }

  @Test
  void nothingIsGivenOfARunThatIsWithheld() throws Exception {
    try (var harness = open()) {
      harness.processElement2(WITHHELD, 0);
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 5));
      harness.processElement2(CLOSED, 0);
      harness.setProcessingTime(NOW + 2 * WindowMerger.SETTLE_MS);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.processElement2(RELEASED, 0);
      harness.setProcessingTime(NOW + 2 * WindowMerger.SETTLE_MS + 1_000);

      assertThat(harness.extractOutputValues())
          .extracting(RunGrade::state)
          .containsExactly(RunGrade.State.FINAL);
    }
  }

  @Test
  void nothingIsGivenOfARunOfWhichNobodyHasSaidThatItMayBe() throws Exception {
    try (var harness = harness()) {
      harness.setProcessingTime(NOW);
      harness.open();
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 5));
      harness.setProcessingTime(NOW + 60_000);

      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void metricsOfLaterVersionsAreLeftOut() throws Exception {
    try (var harness = open()) {
      harness.processElement2(
          RunNews.planned(
              Records.gradedPlan(
                  1, Map.of("p95_ttft_ms", List.of(200.0, 500.0), "charm", List.of(1.0, 2.0)))),
          0);
      send(harness, ok(0, 0, 100, 5));
      harness.setProcessingTime(NOW + 1_000);

      assertThat(last(harness.extractOutputValues()).metrics()).hasSize(1);
    }
  }

  @Test
  void lateValuesUpdateAFinalGrade() throws Exception {
    try (var harness = open()) {
      harness.processElement2(PLANNED, 0);
      harness.processElement2(CLOSED, 0);
      harness.setProcessingTime(NOW + WindowMerger.SETTLE_MS);
      send(harness, ok(0, 0, 100, 5));
      harness.setProcessingTime(NOW + WindowMerger.SETTLE_MS + 1_000);

      RunGrade grade = last(harness.extractOutputValues());
      assertThat(grade.state()).isEqualTo(RunGrade.State.FINAL);
      assertThat(grade.requests()).isEqualTo(1);
      assertThat(grade.version()).isGreaterThan(Versions.of(EPOCH, 1));
    }
  }

  @Test
  void atTheEndOfTheInputItIsGiven() throws Exception {
    try (var harness = open()) {
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 5));
      harness.processElement2(CLOSED, 0);
      harness.processBothWatermarks(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues())
          .extracting(RunGrade::state)
          .containsExactly(RunGrade.State.FINAL);
    }
  }

  @Test
  void aClosedRunIsForgotten() throws Exception {
    try (var harness = open()) {
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 5));
      harness.processElement2(CLOSED, 0);
      harness.setProcessingTime(NOW + WindowMerger.GRACE.toMillis() - 1);
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.setProcessingTime(NOW + WindowMerger.GRACE.toMillis());

      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aRunThatNobodyClosesIsForgotten() throws Exception {
    try (var harness = open()) {
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 5));
      harness.setProcessingTime(NOW + WindowMerger.MEMORY.plusHours(2).toMillis());

      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void restoredItGoesOn() throws Exception {
    try (var harness = open();
        var restored = harness()) {
      harness.processElement2(PLANNED, 0);
      send(harness, ok(0, 0, 100, 5));
      var snapshot = harness.snapshot(1, 1);
      restored.setProcessingTime(NOW);
      restored.initializeState(snapshot);
      restored.open();
      send(restored, ok(1, 1_000, 100, 5));
      restored.setProcessingTime(NOW + 1_000);

      assertThat(last(restored.extractOutputValues()).requests()).isEqualTo(2);
    }
  }

  private static List<RunGrade> grades(List<RequestOutcome> requests, int planAt, Random random)
      throws Exception {
    try (var harness = open()) {
      long now = NOW;
      for (int i = 0; i < requests.size(); i++) {
        if (i == planAt) {
          harness.processElement2(PLANNED, 0);
        }
        send(harness, requests.get(i));
        now += random.nextInt(100);
        harness.setProcessingTime(now);
      }
      harness.processElement2(CLOSED, 0);
      harness.setProcessingTime(now + WindowMerger.SETTLE_MS);
      return harness.extractOutputValues();
    }
  }

  private static RequestOutcome request(int i, Random random) {
    long scheduledMs = random.nextInt(60_000);
    return random.nextInt(20) == 0
        ? failed(i, scheduledMs, scheduledMs + random.nextInt(5_000))
        : ok(i, scheduledMs, random.nextInt(700), random.nextInt(200));
  }

  /** Sent when it was scheduled; 10 ms for each token after the first. */
  private static RequestOutcome ok(int i, long scheduledMs, long ttftMs, long tokens) {
    long sent = T0 + scheduledMs * 1_000;
    long first = sent + ttftMs * 1_000;
    long last = first + Math.max(0, tokens - 1) * 10_000;
    return Records.ok("p", i, sent, sent, first, last, last, tokens);
  }

  private static RequestOutcome failed(int i, long scheduledMs, long endMs) {
    return Records.failed(
        "p", i, T0 + scheduledMs * 1_000, T0 + endMs * 1_000, RequestStatus.TIMEOUT);
  }

  private static void send(
      KeyedTwoInputStreamOperatorTestHarness<String, WindowPartial, RunNews, RunGrade> harness,
      RequestOutcome... requests)
      throws Exception {
    WindowAccumulators windows = new WindowAccumulators();
    for (RequestOutcome request : requests) {
      new RequestOutcomesMeasurer().measure(request, windows);
    }
    List<WindowPartial> parts = new ArrayList<>();
    windows.drain(parts::add);
    for (WindowPartial part : parts) {
      if (RunGrader.needs(part)) {
        harness.processElement1(part, 0);
      }
    }
  }

  private static double figure(RunGrade grade, String metric) {
    return grade.metrics().stream()
        .filter(of -> of.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .figure();
  }

  private static RunGrade last(List<RunGrade> grades) {
    return grades.get(grades.size() - 1);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, WindowPartial, RunNews, RunGrade>
      open() throws Exception {
    var harness = harness();
    harness.setProcessingTime(NOW);
    harness.open();
    harness.processElement2(RELEASED, 0);
    return harness;
  }

  private static RunNews signal(RunSignal.Kind kind) {
    return RunNews.of(new RunSignal(Records.RUN, kind));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, WindowPartial, RunNews, RunGrade>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new RunGrader(EPOCH)),
        WindowPartial::runId,
        RunNews::runId,
        Types.STRING);
  }
}
