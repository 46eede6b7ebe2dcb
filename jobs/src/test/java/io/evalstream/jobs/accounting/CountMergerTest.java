package io.evalstream.jobs.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.RunCount;
import io.evalstream.jobs.Records;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountMergerTest {

  private KeyedOneInputStreamOperatorTestHarness<String, PartitionCount, RunCount> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void partitionsAreAddedUp() throws Exception {
    harness.processElement(count(0, 10, 100, 1, 2), 0);
    harness.processElement(count(1, 20, 200, 3, 4), 0);
    harness.setProcessingTime(500);

    assertThat(harness.extractOutputValues())
        .containsExactly(
            new RunCount(1, Records.RUN, "p", "token-timings", Versions.of(3, 34), 30, 300, 4, 6));
  }

  @Test
  void theNewestOfAPartitionCountsWhateverTheOrder() throws Exception {
    harness.processElement(count(0, 10, 100, 1, 2), 0);
    harness.processElement(count(0, 9, 90, 0, 3), 0);
    harness.setProcessingTime(500);
    harness.processElement(count(0, 12, 120, 1, 0), 0);
    harness.setProcessingTime(1_000);

    assertThat(harness.extractOutputValues())
        .extracting(RunCount::records)
        .containsExactly(10L, 12L);
    assertThat(harness.extractOutputValues()).extracting(RunCount::version).isSorted();
  }

  @Test
  void theSumComesAtMostTwiceASecond() throws Exception {
    for (int i = 1; i <= 100; i++) {
      harness.processElement(count(0, i, i, 0, 0), 0);
      harness.setProcessingTime(i * 10L);
    }

    assertThat(harness.extractOutputValues()).hasSize(2);
  }

  @Test
  void producersAreKeptApart() throws Exception {
    harness.processElement(count(0, 1, 1, 0, 0), 0);
    harness.processElement(
        new PartitionCount(Records.RUN, "other", "token-timings", 0, 7, 7, 0, 0), 0);
    harness.setProcessingTime(500);

    assertThat(harness.extractOutputValues())
        .extracting(RunCount::records)
        .containsExactlyInAnyOrder(1L, 7L);
  }

  @Test
  void restoredItStillKnowsTheOtherPartitions() throws Exception {
    harness.processElement(count(0, 10, 100, 0, 0), 0);
    var snapshot = harness.snapshot(1, 1);

    try (var restored = harness()) {
      restored.initializeState(snapshot);
      restored.open();
      restored.processElement(count(1, 5, 50, 0, 0), 0);
      restored.setProcessingTime(500);

      assertThat(restored.extractOutputValues()).extracting(RunCount::records).containsExactly(15L);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, PartitionCount, RunCount> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new CountMerger(3)), PartitionCount::series, Types.STRING);
  }

  private static PartitionCount count(
      int partition, long records, long tokens, long duplicates, long missing) {
    return new PartitionCount(
        Records.RUN, "p", "token-timings", partition, records, tokens, duplicates, missing);
  }
}
