package io.evalstream.jobs.latency;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.Event;
import io.evalstream.events.InvalidEventException;
import io.evalstream.jobs.accounting.PartitionCount;
import io.evalstream.jobs.accounting.ProducerLedger;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.metrics.JobMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Turns a reader's records into parts of windows before anything crosses the network: chained to
 * the source, it sends one sketch where a thousand tokens came in.
 *
 * <p>What it holds is handed on at least every {@link #FLUSH_MS}, when it holds {@link
 * #MAX_WINDOWS} windows, before a watermark, before a barrier and at the end of input; so a
 * checkpoint keeps only which sequence numbers have been seen. Repeated records are skipped, and
 * those that cannot be read, or whose instant lies ahead of the broker's clock, become dead
 * letters.
 *
 * @param <E> the records of the topic
 */
public final class PreAggregateOperator<E extends Event>
    extends AbstractStreamOperator<WindowPartial>
    implements OneInputStreamOperator<RawRecord, WindowPartial>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** Nothing is held back for longer than this, ms. */
  static final long FLUSH_MS = 200;

  /** More windows than this are not held. */
  static final int MAX_WINDOWS = 2_048;

  /** A producer's clock may be ahead of the broker's by this much, µs. */
  static final long CLOCK_TOLERANCE_US = 2_000_000;

  /** Sequence numbers are remembered for as long as topics may keep a record. */
  private static final long MEMORY_MS = 8L * 24 * 3_600_000;

  /** What could not be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  /** What has been counted. */
  public static final OutputTag<PartitionCount> COUNTS =
      new OutputTag<>("counts", TypeInformation.of(PartitionCount.class));

  private final Measurer<E> measurer;
  private transient WindowAccumulators windows;
  private transient ProducerLedger ledger;
  private transient ListState<ProducerLedger.Entry> ledgerState;
  private transient ScheduledFuture<?> flushes;
  private transient Counter recordsCounted;
  private transient Counter tokensCounted;
  private transient Counter duplicates;
  private transient Counter unreadable;
  private transient Counter clockAhead;
  private transient Counter tooManyProducers;

  public PreAggregateOperator(Measurer<E> measurer) {
    this.measurer = measurer;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    windows = new WindowAccumulators();
    ledger = new ProducerLedger();
    ledgerState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "ledger", TypeInformation.of(ProducerLedger.Entry.class)));
    List<ProducerLedger.Entry> entries = new ArrayList<>();
    ledgerState.get().forEach(entries::add);
    ledger.restore(entries);
  }

  @Override
  public void open() throws Exception {
    super.open();
    MetricGroup metrics = JobMetrics.of(getMetricGroup());
    recordsCounted = metrics.counter("records_counted");
    tokensCounted = metrics.counter("tokens_counted");
    duplicates = metrics.counter("duplicates");
    metrics.gauge("producers_quarantined", ledger::quarantinedProducers);
    unreadable = JobMetrics.deadLetters(getMetricGroup(), DeadLetter.UNREADABLE);
    clockAhead = JobMetrics.deadLetters(getMetricGroup(), DeadLetter.CLOCK_AHEAD);
    tooManyProducers = JobMetrics.deadLetters(getMetricGroup(), DeadLetter.TOO_MANY_PRODUCERS);
    flushes =
        getProcessingTimeService().scheduleWithFixedDelay(time -> flush(), FLUSH_MS, FLUSH_MS);
  }

  @Override
  public void processElement(StreamRecord<RawRecord> element) {
    RawRecord raw = element.getValue();
    E event;
    try {
      event = measurer.read(raw.value());
    } catch (InvalidEventException e) {
      unreadable.inc();
      reject(raw, DeadLetter.UNREADABLE, e.getMessage());
      return;
    }
    if (!ledger.takes(raw, event)) {
      tooManyProducers.inc();
      reject(
          raw,
          DeadLetter.TOO_MANY_PRODUCERS,
          "Producer "
              + event.producerId()
              + " is one too many of run "
              + event.runId()
              + ": give a process one id for the whole run");
      return;
    }
    long aheadUs = measurer.atUs(event) - raw.appendedAtMs() * 1_000;
    if (aheadUs > CLOCK_TOLERANCE_US) {
      reject(
          raw,
          DeadLetter.CLOCK_AHEAD,
          "The clock of producer "
              + event.producerId()
              + " is "
              + aheadUs / 1_000
              + " ms ahead of the broker's: set it right and repeat run "
              + event.runId());
      ledger.quarantine(raw, event);
      clockAhead.inc();
      return;
    }
    long tokens = measurer.tokens(event);
    if (ledger.count(raw, event, tokens)) {
      recordsCounted.inc();
      tokensCounted.inc(tokens);
      measurer.measure(event, windows);
      if (windows.size() >= MAX_WINDOWS) {
        flush();
      }
    } else {
      duplicates.inc();
    }
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    flush();
    super.processWatermark(watermark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
    super.prepareSnapshotPreBarrier(checkpointId);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    ledgerState.update(ledger.snapshot(MEMORY_MS));
  }

  @Override
  public void close() throws Exception {
    if (flushes != null) {
      flushes.cancel(false);
    }
    super.close();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void reject(RawRecord raw, String code, String reason) {
    output.collect(DEAD_LETTERS, new StreamRecord<>(raw.deadLetter(code, reason)));
  }

  private void flush() {
    windows.drain(partial -> output.collect(new StreamRecord<>(partial)));
    for (PartitionCount count : ledger.takeChanged()) {
      output.collect(COUNTS, new StreamRecord<>(count));
    }
  }
}
