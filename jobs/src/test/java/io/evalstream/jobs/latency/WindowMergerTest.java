package io.evalstream.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evalstream.events.MetricWindow;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.accounting.Versions;
import io.evalstream.jobs.lifecycle.RunSignal;
import io.evalstream.statistics.sketch.SketchAccumulator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class WindowMergerTest {

  private static final int EPOCH = 3;
  private static final long T0 = Records.T0;
  private static final long NOW = T0 / 1_000;
  private static final long SETTLED_MS = 5_000;

  @Property(tries = 30)
  void partsMakeTheWholeWhateverTheirOrder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<WindowPartial> parts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long[] values = random.longs(1 + random.nextInt(5), 0, 1_000_000).toArray();
      parts.add(part("itl", random.nextInt(4), values));
    }
    Map<String, MetricWindow> inOrder = lastRows(rows(parts, new Random(1)));
    Collections.shuffle(parts, random);
    List<MetricWindow> rows = rows(parts, random);

    assertThat(content(lastRows(rows).values())).isEqualTo(Oracle.merged(parts));
    assertThat(lastRows(rows))
        .usingRecursiveComparison()
        .as("the last rows are the same, versions included")
        .isEqualTo(inOrder);
    assertVersionsGrow(rows);
  }

  @Test
  void aWindowIsGivenAtMostFourTimesASecond() throws Exception {
    try (var harness = open()) {
      for (int i = 0; i < 100; i++) {
        harness.processElement1(part("itl", 0, i), 0);
        harness.setProcessingTime(NOW + i * 10L);
      }

      assertThat(harness.extractOutputValues()).hasSize(3);
      assertVersionsGrow(harness.extractOutputValues());
    }
  }

  @Test
  void aWindowThatHasNotChangedIsNotGivenAgain() throws Exception {
    try (var harness = open()) {
      harness.processElement1(part("itl", 0, 1), 0);
      harness.processElement1(part("ttft", 0, 1), 0);
      harness.setProcessingTime(NOW + 250);
      harness.processElement1(part("ttft", 0, 2), 0);
      harness.setProcessingTime(NOW + 500);

      assertThat(harness.extractOutputValues())
          .extracting(MetricWindow::metric)
          .containsExactlyInAnyOrder("itl", "ttft", "ttft");
    }
  }

  @Test
  void theWatermarkMarksAWindowCompleteOnceAndLateDataStillUpdatesIt() throws Exception {
    try (var harness = open()) {
      harness.processElement1(part("itl", 0, 1, 2), 0);
      harness.setProcessingTime(NOW + 250);
      harness.processBothWatermarks(new Watermark(T0 / 1_000 + 999));
      int early = harness.extractOutputValues().size();
      harness.processBothWatermarks(new Watermark(T0 / 1_000 + 1_000));
      harness.processBothWatermarks(new Watermark(T0 / 1_000 + 9_000));
      harness.processElement1(part("itl", 0, 3), 0);
      harness.setProcessingTime(NOW + 500);

      assertThat(early).isEqualTo(1);
      assertThat(harness.extractOutputValues())
          .extracting(MetricWindow::complete)
          .containsExactly(false, true, true);
      assertThat(harness.extractOutputValues())
          .extracting(MetricWindow::version)
          .containsExactly(Versions.of(EPOCH, 4), Versions.of(EPOCH, 5), Versions.of(EPOCH, 7));
    }
  }

  @Test
  void aWindowThatBeginsLateIsCompleteAtOnce() throws Exception {
    try (var harness = open()) {
      harness.processBothWatermarks(new Watermark(T0 / 1_000 + 9_000));
      harness.processElement1(part("itl", 0, 1), 0);
      harness.setProcessingTime(NOW + 250);

      assertThat(harness.extractOutputValues())
          .extracting(MetricWindow::complete)
          .containsExactly(true);
    }
  }

  @Test
  void openWindowsOfAClosedRunBecomeCompleteWhenAllIsThere() throws Exception {
    try (var harness = open()) {
      harness.processElement1(part("itl", 0, 1), 0);
      harness.setProcessingTime(NOW + 250);
      harness.processElement2(signal(RunSignal.Kind.CLOSED), 0);
      harness.setProcessingTime(NOW + 250 + SETTLED_MS - 1);
      int early = harness.extractOutputValues().size();
      harness.setProcessingTime(NOW + 250 + SETTLED_MS);

      assertThat(early).isEqualTo(1);
      assertThat(harness.extractOutputValues())
          .extracting(MetricWindow::complete)
          .containsExactly(false, true);
    }
  }

  @Test
  void afterTheGraceNothingIsLeftOfAClosedRun() throws Exception {
    try (var harness = open()) {
      harness.processElement1(part("itl", 0, 1), 0);
      harness.processElement2(signal(RunSignal.Kind.CLOSED), 0);
      harness.setProcessingTime(NOW + WindowMerger.GRACE.toMillis() - 1);
      int before = harness.numKeyedStateEntries();
      harness.setProcessingTime(NOW + WindowMerger.GRACE.toMillis());

      assertThat(before).isPositive();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aLatePartProlongsTheGrace() throws Exception {
    long graceMs = WindowMerger.GRACE.toMillis();
    try (var harness = open()) {
      harness.processElement2(signal(RunSignal.Kind.CLOSED), 0);
      harness.setProcessingTime(NOW + graceMs - 1);
      harness.processElement1(part("itl", 0, 1), 0);
      harness.setProcessingTime(NOW + graceMs + 60_000);
      int between = harness.numKeyedStateEntries();
      harness.setProcessingTime(NOW + 2 * graceMs + 60_000);

      assertThat(between).isPositive();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aRunThatNobodyClosesIsForgottenToo() throws Exception {
    long memoryMs = WindowMerger.MEMORY.toMillis();
    try (var harness = open()) {
      harness.processElement1(part("itl", 0, 1), 0);
      harness.setProcessingTime(NOW + memoryMs - 1);
      int before = harness.numKeyedStateEntries();
      harness.setProcessingTime(NOW + memoryMs + 3_600_000);

      assertThat(before).isPositive();
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void aLateUpdateIsGivenAtTheEndOfInput() throws Exception {
    try (var harness = open()) {
      harness.processElement1(part("itl", 0, 1), 0);
      harness.setProcessingTime(NOW + 250);
      harness.processBothWatermarks(new Watermark(T0 / 1_000 + 9_000));
      harness.processElement1(part("itl", 0, 2), 0);
      harness.processBothWatermarks(Watermark.MAX_WATERMARK);

      assertThat(harness.extractOutputValues()).extracting(MetricWindow::sum).last().isEqualTo(3L);
    }
  }

  @Test
  void nothingIsGivenOfARunThatIsWithheld() throws Exception {
    try (var harness = open()) {
      harness.processElement2(signal(RunSignal.Kind.WITHHELD), 0);
      harness.processElement1(part("itl", 0, 1), 0);
      harness.setProcessingTime(NOW + 250);
      harness.processBothWatermarks(new Watermark(T0 / 1_000 + 9_000));
      int withheld = harness.extractOutputValues().size();
      harness.processElement2(signal(RunSignal.Kind.RELEASED), 0);
      harness.setProcessingTime(NOW + 500);

      assertThat(withheld).isZero();
      assertThat(harness.extractOutputValues())
          .extracting(MetricWindow::sum, MetricWindow::complete)
          .containsExactly(tuple(1L, true));
    }
  }

  @Test
  void restoredItGoesOn() throws Exception {
    try (var harness = open();
        var restored = harness()) {
      harness.processElement1(part("itl", 0, 1, 2), 0);
      harness.processElement1(part("ttft", 1, 7), 0);
      var snapshot = harness.snapshot(1, 1);
      restored.setProcessingTime(NOW + 100);
      restored.initializeState(snapshot);
      restored.open();
      restored.processElement1(part("itl", 0, 3), 0);
      restored.setProcessingTime(NOW + 250);
      restored.processBothWatermarks(new Watermark(T0 / 1_000 + 1_000));

      Map<String, MetricWindow> rows = lastRows(restored.extractOutputValues());
      assertThat(rows).hasSize(2);
      assertThat(rows.values())
          .extracting(row -> row.metric() + " " + row.sum() + " " + row.complete())
          .containsExactlyInAnyOrder("itl 6 true", "ttft 7 false");
    }
  }

  /** What comes out when time and watermarks move on between the parts. */
  private static List<MetricWindow> rows(List<WindowPartial> parts, Random random)
      throws Exception {
    try (var harness = open()) {
      long now = NOW;
      long watermark = T0 / 1_000;
      for (WindowPartial part : parts) {
        harness.processElement1(part, 0);
        now += random.nextInt(100);
        harness.setProcessingTime(now);
        watermark += random.nextInt(50);
        harness.processBothWatermarks(new Watermark(watermark));
      }
      harness.processElement2(signal(RunSignal.Kind.CLOSED), 0);
      harness.setProcessingTime(now + SETTLED_MS);
      return harness.extractOutputValues();
    }
  }

  private static Map<String, MetricWindow> lastRows(List<MetricWindow> rows) {
    Map<String, MetricWindow> last = new TreeMap<>();
    rows.forEach(row -> last.put(Oracle.key(row), row));
    return last;
  }

  private static Map<String, String> content(Iterable<MetricWindow> rows) {
    Map<String, String> content = new TreeMap<>();
    rows.forEach(row -> content.put(Oracle.key(row), Oracle.text(row)));
    return content;
  }

  private static void assertVersionsGrow(List<MetricWindow> rows) {
    Map<String, Long> versions = new HashMap<>();
    for (MetricWindow row : rows) {
      Long before = versions.put(Oracle.key(row), row.version());
      assertThat(before == null || before < row.version()).isTrue();
    }
  }

  private static RunSignal signal(RunSignal.Kind kind) {
    return new RunSignal(Records.RUN, kind);
  }

  private static WindowPartial part(String metric, int second, long... values) {
    SketchAccumulator accumulator = new SketchAccumulator();
    for (long value : values) {
      accumulator.accept(value);
    }
    WindowKey key = new WindowKey(Records.SCENARIO, metric, T0 + second * 1_000_000L);
    return new WindowPartial(Records.RUN, key, accumulator.snapshot());
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, WindowPartial, RunSignal, MetricWindow>
      open() throws Exception {
    var harness = harness();
    harness.setProcessingTime(NOW);
    harness.open();
    harness.processElement2(signal(RunSignal.Kind.RELEASED), 0);
    return harness;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, WindowPartial, RunSignal, MetricWindow>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new WindowMerger(EPOCH)),
        WindowPartial::runId,
        RunSignal::runId,
        Types.STRING);
  }
}
