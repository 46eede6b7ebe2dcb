package io.evalstream.jobs.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evalstream.events.ProducerState;
import io.evalstream.events.RunCount;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.lifecycle.RunSignal;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountMergerTest {

  /** The records that the producer of {@link Records#state} has sent to token-timings. */
  private static final long SENT = 1;

  private static final long READ_MS = CountMerger.RUNS_READ_MS;

  private final long now = System.currentTimeMillis() / 500 * 500 + 1_000;
  private final long beforeStart = now - 60_000;
  private final long afterStart = now + 60_000;

  private KeyedTwoInputStreamOperatorTestHarness<String, PartitionCount, ProducerState, RunCount>
      harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.setProcessingTime(now);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void partitionsAreAddedUp() throws Exception {
    announced("p");
    harness.processElement1(count("p", 0, 10, 1), 0);
    harness.processElement1(count("p", 1, 20, 3), 0);
    harness.setProcessingTime(now + 500);

    assertThat(harness.extractOutputValues())
        .containsExactly(
            new RunCount(
                1,
                Records.RUN,
                "p",
                "token-timings",
                Versions.of(3, 38),
                30,
                300,
                4,
                6,
                4,
                false,
                0));
  }

  @Test
  void theNewestOfAPartitionCountsWhateverTheOrder() throws Exception {
    announced("p");
    harness.processElement1(count("p", 0, 10, 1), 0);
    harness.processElement1(count("p", 0, 9, 0), 0);
    harness.setProcessingTime(now + 500);
    harness.processElement1(count("p", 0, 12, 1), 0);
    harness.setProcessingTime(now + 1_000);

    assertThat(harness.extractOutputValues())
        .extracting(RunCount::records)
        .containsExactly(10L, 12L);
    assertThat(harness.extractOutputValues()).extracting(RunCount::version).isSorted();
  }

  @Test
  void theSumComesAtMostTwiceASecond() throws Exception {
    announced("p");
    for (int i = 1; i <= 100; i++) {
      harness.processElement1(count("p", 0, i, 0), 0);
      harness.setProcessingTime(now + i * 10L);
      harness.processBothWatermarks(new Watermark(now + i * 10L));
    }

    assertThat(harness.extractOutputValues()).hasSize(2);
  }

  @Test
  void theLastSumComesAtTheEndOfInput() throws Exception {
    harness.processElement1(count("p", 0, 7, 0), 0);
    harness.processBothWatermarks(new Watermark(now));
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);

    assertThat(harness.extractOutputValues())
        .extracting(RunCount::records, RunCount::withheld)
        .containsExactly(tuple(7L, false));
    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.RELEASED);
  }

  @Test
  void producersAreKeptApartAndOnlyWhatHasChangedIsGiven() throws Exception {
    announced("p");
    announced("other");
    harness.processElement1(count("p", 0, 1, 0), 0);
    harness.processElement1(count("other", 0, 7, 0), 0);
    harness.setProcessingTime(now + 500);
    harness.processElement1(count("p", 0, 2, 0), 0);
    harness.setProcessingTime(now + 1_000);

    assertThat(harness.extractOutputValues())
        .extracting(RunCount::records)
        .containsExactlyInAnyOrder(1L, 7L, 2L);
  }

  @Test
  void restoredItStillKnowsTheOtherPartitions() throws Exception {
    announced("p");
    harness.processElement1(count("p", 0, 10, 0), 0);
    var snapshot = harness.snapshot(1, 1);

    try (var restored = restored(snapshot)) {
      restored.processElement1(count("p", 1, 5, 0), 0);
      restored.setProcessingTime(now + 500);

      assertThat(restored.extractOutputValues()).extracting(RunCount::records).containsExactly(15L);
    }
  }

  @Test
  void aRunThatBeginsAfterTheJobIsReleasedAtOnce() throws Exception {
    announced("p");

    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.RELEASED);
  }

  @Test
  void whatWasSentBeforeTheStartIsOwed() throws Exception {
    spokeBefore("p");
    harness.processElement1(count("p", 0, SENT, 0), 0);
    harness.setProcessingTime(now + 500);
    RunSignal.Kind early = lastSignal();
    harness.setProcessingTime(now + READ_MS + 1);

    assertThat(early)
        .as("another record of the producer may follow")
        .isEqualTo(RunSignal.Kind.WITHHELD);
    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.RELEASED);
    assertThat(harness.extractOutputValues())
        .extracting(RunCount::withheld, RunCount::outstanding)
        .containsExactly(tuple(true, 0L), tuple(false, 0L));
  }

  @Test
  void aRunOfWhichSomethingIsGoneIsWithheldUntilItComesAfterAll() throws Exception {
    spokeBefore("p");
    harness.processElement1(countOf("request-outcomes", 5), 0);
    harness.setProcessingTime(now + READ_MS + 1);
    RunSignal.Kind gone = lastSignal();

    assertThat(gone).isEqualTo(RunSignal.Kind.WITHHELD);
    assertThat(harness.extractOutputValues())
        .filteredOn(count -> count.topic().equals("token-timings"))
        .last()
        .satisfies(
            count -> {
              assertThat(count.records()).isZero();
              assertThat(count.withheld()).isTrue();
              assertThat(count.outstanding()).isEqualTo(SENT);
            });
    assertThat(harness.extractOutputValues())
        .filteredOn(count -> count.topic().equals("request-outcomes"))
        .last()
        .satisfies(count -> assertThat(count.withheld()).isFalse());

    harness.processElement1(count("p", 3, SENT, 0), 0);
    harness.setProcessingTime(now + 2 * READ_MS);

    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.RELEASED);
    assertThat(harness.extractOutputValues())
        .last()
        .satisfies(count -> assertThat(count.withheld()).isFalse());
  }

  @Test
  void ofARunOfLongAgoNothingIsSaid() throws Exception {
    spokeBefore("p");
    harness.setProcessingTime(now + READ_MS + 1);

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void aProducerThatSaysNothingIsBelievedAfterAWhile() throws Exception {
    harness.processElement1(count("p", 0, 5, 0), 0);
    harness.setProcessingTime(now + 500);
    RunSignal.Kind early = lastSignal();
    harness.setProcessingTime(now + READ_MS);

    assertThat(early).isEqualTo(RunSignal.Kind.WITHHELD);
    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.RELEASED);
  }

  @Test
  void aProducerThatStillSpeaksHasSaidBeforeWhatItOwes() throws Exception {
    spokeBefore("p");
    harness.processElement1(count("p", 0, SENT, 0), 0);
    announced("p");

    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.RELEASED);
  }

  @Test
  void oneThatStillSpeaksOwesWhatIsGone() throws Exception {
    spokeBefore("p");
    announced("p");
    harness.processElement1(countOf("request-outcomes", 5), 0);
    harness.setProcessingTime(now + READ_MS + 1);

    assertThat(lastSignal()).isEqualTo(RunSignal.Kind.WITHHELD);
  }

  /** With its state the job owes nothing: it has counted what it met. */
  @Test
  void restoredItOwesNothingMore() throws Exception {
    var snapshot = harness.snapshot(1, 1);

    try (var restored = restored(snapshot)) {
      restored.processElement2(
          Records.state("p", 0, ProducerState.Type.HEARTBEAT), System.currentTimeMillis() + 1);

      assertThat(restored.getSideOutput(CountMerger.SIGNALS))
          .last()
          .extracting(signal -> signal.getValue().kind())
          .isEqualTo(RunSignal.Kind.RELEASED);
    }
  }

  private void announced(String producer) throws Exception {
    harness.processElement2(Records.state(producer, 0, ProducerState.Type.STARTED), afterStart);
  }

  private void spokeBefore(String producer) throws Exception {
    harness.processElement2(Records.state(producer, 0, ProducerState.Type.FINISHED), beforeStart);
  }

  private RunSignal.Kind lastSignal() {
    StreamRecord<RunSignal> last = null;
    for (StreamRecord<RunSignal> signal : harness.getSideOutput(CountMerger.SIGNALS)) {
      last = signal;
    }
    return last.getValue().kind();
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, PartitionCount, ProducerState, RunCount>
      restored(OperatorSubtaskState snapshot) throws Exception {
    var restored = harness();
    restored.setProcessingTime(now);
    restored.initializeState(snapshot);
    restored.open();
    return restored;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, PartitionCount, ProducerState, RunCount>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new CountMerger(3)),
        PartitionCount::runId,
        ProducerState::runId,
        Types.STRING);
  }

  /** With ten tokens a record, three missing and two in quarantine. */
  private static PartitionCount count(
      String producer, int partition, long records, long duplicates) {
    return new PartitionCount(
        Records.RUN,
        producer,
        "token-timings",
        partition,
        records,
        10 * records,
        duplicates,
        3,
        records > SENT ? 2 : 0);
  }

  private static PartitionCount countOf(String topic, long records) {
    return new PartitionCount(Records.RUN, "p", topic, 0, records, 0, 0, 0, 0);
  }
}
