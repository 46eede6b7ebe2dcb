package io.evalstream.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.EventCodec;
import io.evalstream.events.RunPlan;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.accounting.PartitionCount;
import io.evalstream.jobs.kafka.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreAggregateOperatorTest {

  private static final int MAX_PARALLELISM = 720;
  private static final long T0 = Records.T0;
  private static final long APPENDED_MS = T0 / 1_000 + 5;

  private OneInputStreamOperatorTestHarness<RawRecord, WindowPartial> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness(1, 0);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void whatItHoldsIsHandedOnAfterAWhile() throws Exception {
    harness.setProcessingTime(0);
    receive(harness, 0, 0);
    receive(harness, 0, 1);
    harness.setProcessingTime(PreAggregateOperator.FLUSH_MS - 1);
    int early = harness.getOutput().size();
    harness.setProcessingTime(PreAggregateOperator.FLUSH_MS);
    harness.setProcessingTime(3 * PreAggregateOperator.FLUSH_MS);

    assertThat(early).isZero();
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(part -> assertThat(part.sketch().count()).isEqualTo(2));
    assertThat(side(harness, PreAggregateOperator.COUNTS))
        .containsExactly(new PartitionCount(Records.RUN, "p0", "token-timings", 0, 2, 2, 0, 0, 0));
  }

  @Test
  void whatItHoldsComesBeforeTheWatermark() throws Exception {
    receive(harness, 0, 0);
    harness.processWatermark(new Watermark(APPENDED_MS));

    assertThat(harness.getOutput()).hasSize(2);
    assertThat(harness.getOutput().peek()).isInstanceOf(StreamRecord.class);
    assertThat(harness.getOutput()).last().isEqualTo(new Watermark(APPENDED_MS));
  }

  @Test
  void whatItHoldsComesBeforeTheBarrier() throws Exception {
    receive(harness, 0, 0);
    harness.prepareSnapshotPreBarrier(1);

    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void whatItHoldsComesBeforeTheEnd() throws Exception {
    receive(harness, 0, 0);
    harness.endInput();

    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void moreWindowsThanItMayHoldAreHandedOn() throws Exception {
    for (int second = 0; second < PreAggregateOperator.MAX_WINDOWS; second++) {
      TokenTimings record = Records.oneToken("p", second, T0 - second * 1_000_000L);
      harness.processElement(Records.raw(Topic.TOKEN_TIMINGS, 0, second, APPENDED_MS, record), 0);
    }

    assertThat(harness.extractOutputValues()).hasSize(PreAggregateOperator.MAX_WINDOWS);
  }

  @Test
  void whatCannotBeReadBecomesADeadLetter() throws Exception {
    byte[] poison = "{\"v\":1,\"run_id\":".getBytes(StandardCharsets.UTF_8);
    harness.processElement(new RawRecord("token-timings", 3, 77, 9, poison), 0);
    harness.processElement(new RawRecord("token-timings", 3, 78, 9, null), 0);
    receive(harness, 0, 0);
    harness.endInput();

    assertThat(side(harness, PreAggregateOperator.DEAD_LETTERS))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new DeadLetter(
                1,
                "token-timings",
                3,
                77,
                9_000,
                "unreadable",
                "the record is not JSON: it cannot be read at byte 16",
                poison,
                poison.length),
            new DeadLetter(
                1,
                "token-timings",
                3,
                78,
                9_000,
                "unreadable",
                "the record has no value",
                new byte[0],
                0));
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  /** Its name would be in everything that is concluded of it. */
  @Test
  void aRecordThatWouldMakeResultsTooLargeIsADeadLetter() throws Exception {
    String json =
        new String(EventCodec.encode(Records.oneToken("p", 0, T0)), StandardCharsets.UTF_8);
    byte[] huge =
        json.replace("\"chat\"", '"' + "s".repeat(1_000_000) + '"')
            .getBytes(StandardCharsets.UTF_8);
    harness.processElement(new RawRecord("token-timings", 3, 77, APPENDED_MS, huge), 0);
    harness.endInput();

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(side(harness, PreAggregateOperator.DEAD_LETTERS))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.reason()).isEqualTo("scenario is longer than 300 characters"));
  }

  @Test
  void producersWithoutEndAreDeadLetters() throws Exception {
    for (int i = 0; i <= RunPlan.MAX_PRODUCERS; i++) {
      TokenTimings record = Records.oneToken("p" + i, 0, T0);
      harness.processElement(Records.raw(Topic.TOKEN_TIMINGS, 0, i, APPENDED_MS, record), 0);
    }
    harness.endInput();

    assertThat(side(harness, PreAggregateOperator.COUNTS)).hasSize(RunPlan.MAX_PRODUCERS);
    assertThat(side(harness, PreAggregateOperator.DEAD_LETTERS))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.code()).isEqualTo(DeadLetter.TOO_MANY_PRODUCERS);
              assertThat(letter.reason())
                  .isEqualTo(
                      "Producer p1000 is one too many of run "
                          + Records.RUN
                          + ": give a process one id for the whole run");
            });
  }

  @Test
  void ofALongRecordTheBeginningIsKept() throws Exception {
    byte[] poison = new byte[DeadLetter.MAX_RAW_BYTES + 1];
    harness.processElement(new RawRecord("token-timings", 3, 77, 9, poison), 0);

    assertThat(side(harness, PreAggregateOperator.DEAD_LETTERS))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.raw()).hasSize(DeadLetter.MAX_RAW_BYTES);
              assertThat(letter.rawLength()).isEqualTo(poison.length);
            });
  }

  @Test
  void aClockAheadOfTheBrokersIsNamed() throws Exception {
    long appendedAtMs = T0 / 1_000;
    TokenTimings tolerated =
        Records.oneToken("good", 0, T0 + PreAggregateOperator.CLOCK_TOLERANCE_US);
    TokenTimings ahead =
        Records.oneToken("bad", 0, T0 + PreAggregateOperator.CLOCK_TOLERANCE_US + 1);
    harness.processElement(Records.raw(Topic.TOKEN_TIMINGS, 0, 0, appendedAtMs, tolerated), 0);
    harness.processElement(Records.raw(Topic.TOKEN_TIMINGS, 0, 1, appendedAtMs, ahead), 0);
    harness.endInput();

    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(side(harness, PreAggregateOperator.COUNTS))
        .extracting(
            PartitionCount::producerId, PartitionCount::records, PartitionCount::quarantined)
        .containsExactlyInAnyOrder(tuple("good", 1L, 0L), tuple("bad", 0L, 1L));
    assertThat(side(harness, PreAggregateOperator.DEAD_LETTERS))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.code()).isEqualTo("clock_ahead");
              assertThat(letter.offset()).isEqualTo(1);
              assertThat(letter.reason())
                  .isEqualTo(
                      "The clock of producer bad is 2000 ms ahead of the broker's: set it right and"
                          + " repeat run 20260131-run");
            });
  }

  @Test
  void aRepeatedRecordIsSkippedAndCounted() throws Exception {
    receive(harness, 0, 0);
    receive(harness, 0, 0);
    harness.endInput();

    assertThat(values(harness)).isEqualTo(1);
    assertThat(side(harness, PreAggregateOperator.COUNTS))
        .containsExactly(new PartitionCount(Records.RUN, "p0", "token-timings", 0, 1, 1, 1, 0, 0));
  }

  @Test
  void restoredItSkipsWhatWasCountedBefore() throws Exception {
    receive(harness, 0, 0);
    OperatorSubtaskState snapshot = snapshot(harness);

    try (var restored = harness(1, 0)) {
      restored.initializeState(snapshot);
      restored.open();
      receive(restored, 0, 0);
      receive(restored, 0, 1);
      restored.endInput();

      assertThat(values(restored)).isEqualTo(1);
      assertThat(side(restored, PreAggregateOperator.COUNTS))
          .containsExactly(
              new PartitionCount(Records.RUN, "p0", "token-timings", 0, 2, 2, 1, 0, 0));
    }
  }

  @Test
  void twoReadersBecomeOne() throws Exception {
    OperatorSubtaskState both = ofTwoReaders();

    try (var restored = harness(1, 0)) {
      restored.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              both, MAX_PARALLELISM, 2, 1, 0));
      restored.open();
      receive(restored, 0, 0);
      receive(restored, 1, 0);
      receive(restored, 1, 1);
      restored.endInput();

      assertThat(values(restored)).isEqualTo(1);
      assertThat(side(restored, PreAggregateOperator.COUNTS))
          .containsExactlyInAnyOrder(
              new PartitionCount(Records.RUN, "p0", "token-timings", 0, 1, 1, 1, 0, 0),
              new PartitionCount(Records.RUN, "p1", "token-timings", 1, 2, 2, 1, 0, 0));
    }
  }

  /** One becomes two, they exchange their partitions, and become one again. */
  @Test
  void partitionsMoveBetweenReaders() throws Exception {
    OperatorSubtaskState both = ofTwoReaders();
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (int reader = 0; reader < 2; reader++) {
      int partition = 1 - reader;
      try (var restored = harness(2, reader)) {
        restored.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                both, MAX_PARALLELISM, 2, 2, reader));
        restored.open();
        receive(restored, partition, 0);
        receive(restored, partition, 1);
        restored.endInput();
        states.add(snapshot(restored));

        assertThat(values(restored)).isEqualTo(1);
      }
    }

    try (var one = harness(1, 0)) {
      one.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              AbstractStreamOperatorTestHarness.repackageState(states.get(0), states.get(1)),
              MAX_PARALLELISM,
              2,
              1,
              0));
      one.open();
      for (int partition = 0; partition < 2; partition++) {
        for (int sequence = 0; sequence < 3; sequence++) {
          receive(one, partition, sequence);
        }
      }
      one.endInput();

      assertThat(values(one)).as("sequence 2 of each partition alone is new").isEqualTo(2);
      assertThat(side(one, PreAggregateOperator.COUNTS))
          .containsExactlyInAnyOrder(
              new PartitionCount(Records.RUN, "p0", "token-timings", 0, 3, 3, 3, 0, 0),
              new PartitionCount(Records.RUN, "p1", "token-timings", 1, 3, 3, 3, 0, 0));
    }
  }

  /** What two readers keep, each of which has read the first record of its own partition. */
  private static OperatorSubtaskState ofTwoReaders() throws Exception {
    try (var first = harness(2, 0);
        var second = harness(2, 1)) {
      first.open();
      second.open();
      receive(first, 0, 0);
      receive(second, 1, 0);
      return AbstractStreamOperatorTestHarness.repackageState(snapshot(first), snapshot(second));
    }
  }

  private static OperatorSubtaskState snapshot(
      OneInputStreamOperatorTestHarness<RawRecord, WindowPartial> harness) throws Exception {
    harness.prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 1);
  }

  private static void receive(
      OneInputStreamOperatorTestHarness<RawRecord, WindowPartial> harness,
      int partition,
      long sequence)
      throws Exception {
    TokenTimings record = Records.oneToken("p" + partition, sequence, T0);
    harness.processElement(
        Records.raw(Topic.TOKEN_TIMINGS, partition, sequence, APPENDED_MS, record), 0);
  }

  private static long values(OneInputStreamOperatorTestHarness<RawRecord, WindowPartial> harness) {
    return harness.extractOutputValues().stream().mapToLong(part -> part.sketch().count()).sum();
  }

  private static <T> List<T> side(
      OneInputStreamOperatorTestHarness<RawRecord, WindowPartial> harness, OutputTag<T> tag) {
    var records = harness.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, WindowPartial> harness(
      int parallelism, int reader) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(
        new PreAggregateOperator<>(new TokenTimingsMeasurer()),
        MAX_PARALLELISM,
        parallelism,
        reader);
  }
}
