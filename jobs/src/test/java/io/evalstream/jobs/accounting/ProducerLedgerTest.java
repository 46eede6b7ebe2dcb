package io.evalstream.jobs.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.evalstream.events.RunPlan;
import io.evalstream.events.Topic;
import io.evalstream.jobs.Records;
import io.evalstream.jobs.kafka.RawRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProducerLedgerTest {

  private static final long MEMORY_MS = 1_000;

  private final ProducerLedger ledger = new ProducerLedger();

  @Test
  void aRepeatedRecordIsSkippedAndCounted() {
    assertThat(count(ledger, "p1", 0, 0, 10)).isTrue();
    assertThat(count(ledger, "p1", 0, 2, 10)).isTrue();
    assertThat(count(ledger, "p1", 0, 0, 10)).isFalse();
    assertThat(count(ledger, "p1", 1, 0, 10)).as("another partition").isTrue();
    assertThat(count(ledger, "p2", 0, 0, 10)).as("another producer").isTrue();

    assertThat(ledger.takeChanged())
        .containsExactlyInAnyOrder(
            new PartitionCount(Records.RUN, "p1", "token-timings", 0, 2, 6, 1, 1, 0),
            new PartitionCount(Records.RUN, "p1", "token-timings", 1, 1, 3, 0, 0, 0),
            new PartitionCount(Records.RUN, "p2", "token-timings", 0, 1, 3, 0, 0, 0));
  }

  @Test
  void aRecordInQuarantineIsNeitherCountedNorMissing() {
    ledger.quarantine(raw(0, 10), Records.oneToken("p", 0, Records.T0));
    ledger.quarantine(raw(0, 10), Records.oneToken("p", 0, Records.T0));
    count(ledger, "p", 0, 1, 10);

    PartitionCount expected =
        new PartitionCount(Records.RUN, "p", "token-timings", 0, 1, 3, 1, 0, 1);
    assertThat(ledger.takeChanged()).containsExactly(expected);
    ProducerLedger restored = new ProducerLedger();
    restored.restore(ledger.snapshot(MEMORY_MS));
    count(restored, "p", 0, 1, 10);
    assertThat(restored.takeChanged())
        .containsExactly(new PartitionCount(Records.RUN, "p", "token-timings", 0, 1, 3, 2, 0, 1));
  }

  @Test
  void ofARunItTakesAsManyProducersAsAPlanMayHave() {
    for (int i = 0; i < RunPlan.MAX_PRODUCERS; i++) {
      assertThat(takes(ledger, "p" + i, 0)).isTrue();
      count(ledger, "p" + i, 0, 0, 10);
    }
    ProducerLedger restored = new ProducerLedger();
    restored.restore(ledger.snapshot(MEMORY_MS));

    for (ProducerLedger any : List.of(ledger, restored)) {
      assertThat(takes(any, "another", 0)).isFalse();
      assertThat(takes(any, "another", 1)).as("on another partition").isTrue();
      assertThat(takes(any, "p7", 0)).as("one that is known").isTrue();
    }
    count(ledger, "p7", 0, 1, 10 + 2 * MEMORY_MS);
    ledger.snapshot(MEMORY_MS);
    assertThat(takes(ledger, "another", 0)).as("when others are forgotten").isTrue();
  }

  private static boolean takes(ProducerLedger ledger, String producer, int partition) {
    RawRecord raw = new RawRecord("token-timings", partition, 0, 10, new byte[0]);
    return ledger.takes(raw, Records.oneToken(producer, 0, Records.T0));
  }

  @Test
  void onlyWhatHasChangedIsTaken() {
    count(ledger, "p1", 0, 0, 10);
    count(ledger, "p2", 0, 0, 10);
    ledger.takeChanged();

    count(ledger, "p2", 0, 0, 10);

    assertThat(ledger.takeChanged())
        .extracting(PartitionCount::producerId, PartitionCount::duplicates)
        .containsExactly(tuple("p2", 1L));
    assertThat(ledger.takeChanged()).isEmpty();
  }

  /** However often it is restored on the way, every record counts once. */
  @Property
  void acrossRestoresARecordCountsOnce(
      @ForAll List<@IntRange(max = 59) Integer> records,
      @ForAll @IntRange(min = 1, max = 10) int interval) {
    ProducerLedger current = new ProducerLedger();
    Set<Integer> oracle = new HashSet<>();

    for (int i = 0; i < records.size(); i++) {
      int record = records.get(i);
      boolean isNew = count(current, "p" + record % 2, record % 3, record / 6, 10);
      assertThat(isNew).isEqualTo(oracle.add(record));
      if (i % interval == 0) {
        ProducerLedger restored = new ProducerLedger();
        restored.restore(current.snapshot(MEMORY_MS));
        current = restored;
      }
    }
  }

  /** Partitions move between readers: of accounts of the same partition the fuller one is right. */
  @Property
  void ofSeveralSnapshotsTheOneWithMoreIsTaken(
      @ForAll @LongRange(min = 1, max = 20) long few, @ForAll @LongRange(max = 20) long more) {
    List<ProducerLedger.Entry> early = new ArrayList<>();
    ProducerLedger reader = new ProducerLedger();
    for (long sequence = 0; sequence < few + more; sequence++) {
      if (sequence == few) {
        early.addAll(reader.snapshot(MEMORY_MS));
      }
      count(reader, "p", 0, sequence, 10);
    }
    List<ProducerLedger.Entry> late = reader.snapshot(MEMORY_MS);

    for (List<List<ProducerLedger.Entry>> order :
        List.of(List.of(early, late), List.of(late, early))) {
      ProducerLedger restored = new ProducerLedger();
      order.forEach(restored::restore);
      assertThat(count(restored, "p", 0, few + more - 1, 10)).isFalse();
      assertThat(count(restored, "p", 0, few + more, 10)).isTrue();
      assertThat(restored.takeChanged())
          .singleElement()
          .satisfies(count -> assertThat(count.records()).isEqualTo(few + more + 1))
          .satisfies(count -> assertThat(count.tokens()).isEqualTo(3 * (few + more + 1)));
    }
  }

  @Test
  void whatTheTopicNoLongerHoldsIsForgotten() {
    count(ledger, "old", 0, 0, 5_000);
    count(ledger, "recent", 0, 0, 5_001);
    count(ledger, "new", 0, 0, 5_001 + MEMORY_MS);

    assertThat(ledger.snapshot(MEMORY_MS))
        .extracting(ProducerLedger.Entry::producerId)
        .containsExactlyInAnyOrder("recent", "new");
  }

  @Test
  void aLateRecordDoesNotMakeAnAccountOld() {
    count(ledger, "p", 0, 0, 5_000);
    count(ledger, "p", 0, 1, 10);
    count(ledger, "other", 0, 0, 5_500);

    assertThat(ledger.snapshot(MEMORY_MS)).hasSize(2);
  }

  private static boolean count(
      ProducerLedger ledger, String producer, int partition, long sequence, long appendedAtMs) {
    return ledger.count(
        raw(partition, appendedAtMs), Records.oneToken(producer, sequence, Records.T0), 3);
  }

  private static RawRecord raw(int partition, long appendedAtMs) {
    return new RawRecord(Topic.TOKEN_TIMINGS.text(), partition, 7, appendedAtMs, null);
  }
}
