package io.evalstream.jobs.store;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.EventCodec;
import io.evalstream.events.InvalidEventException;
import io.evalstream.jobs.kafka.RawRecord;
import io.evalstream.jobs.metrics.JobMetrics;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Reads a topic's records; dead letters come out at the side. */
final class ReadRecords<T> extends ProcessFunction<RawRecord, T> implements ResultTypeQueryable<T> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private final Class<T> type;
  private transient Counter unreadable;

  ReadRecords(Class<T> type) {
    this.type = type;
  }

  @Override
  public void open(OpenContext context) {
    unreadable =
        JobMetrics.deadLetters(getRuntimeContext().getMetricGroup(), DeadLetter.UNREADABLE);
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<T> out) {
    T record;
    try {
      record = EventCodec.decode(raw.value(), type);
    } catch (InvalidEventException e) {
      unreadable.inc();
      context.output(DEAD_LETTERS, raw.deadLetter(DeadLetter.UNREADABLE, e.getMessage()));
      return;
    }
    out.collect(record);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return TypeInformation.of(type);
  }
}
