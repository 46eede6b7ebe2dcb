package io.evalstream.jobs.lifecycle;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.EventCodec;
import io.evalstream.events.InvalidEventException;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunPlan;
import io.evalstream.events.RunRecord;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.metrics.JobMetrics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads topic {@code runs}: plans come out, producers' states and dead letters at the sides. */
public final class ReadRunRecords extends ProcessFunction<RawRecord, RunPlan> {

  private static final long serialVersionUID = 1L;

  /** What producers are doing. */
  public static final OutputTag<ProducerState> PRODUCERS =
      new OutputTag<>("producers", TypeInformation.of(ProducerState.class));

  /** What could not be read. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private transient Counter unreadable;

  @Override
  public void open(OpenContext context) {
    unreadable =
        JobMetrics.deadLetters(getRuntimeContext().getMetricGroup(), DeadLetter.UNREADABLE);
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<RunPlan> out) {
    if (raw.value() == null) {
      return; // a tombstone: the topic is compacted
    }
    try {
      RunRecord record = EventCodec.decodeRun(raw.value());
      if (record instanceof RunPlan plan) {
        out.collect(plan);
      } else if (record instanceof ProducerState state) {
        context.output(PRODUCERS, state);
      }
    } catch (InvalidEventException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, raw.deadLetter(DeadLetter.UNREADABLE, e.getMessage()));
    }
  }
}
