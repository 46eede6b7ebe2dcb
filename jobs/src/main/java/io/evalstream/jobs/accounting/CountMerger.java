package io.evalstream.jobs.accounting;

import io.evalstream.events.Event;
import io.evalstream.events.RunCount;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Adds up a producer's counts on a topic over its partitions, and gives the sum at most twice a
 * second. Keyed by {@link PartitionCount#series()}.
 */
public final class CountMerger extends KeyedProcessFunction<String, PartitionCount, RunCount> {

  private static final long serialVersionUID = 1L;
  private static final long INTERVAL_MS = 500;
  private static final Duration MEMORY = Duration.ofDays(9);

  private final int epoch;
  private transient MapState<Integer, PartitionCount> byPartition;

  public CountMerger(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<Integer, PartitionCount> descriptor =
        new MapStateDescriptor<>(
            "by-partition", Types.INT, TypeInformation.of(PartitionCount.class));
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY).build());
    byPartition = getRuntimeContext().getMapState(descriptor);
  }

  @Override
  public void processElement(PartitionCount count, Context context, Collector<RunCount> out)
      throws Exception {
    PartitionCount known = byPartition.get(count.partition());
    if (known == null || known.inputs() <= count.inputs()) {
      byPartition.put(count.partition(), count);
    }
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer((now / INTERVAL_MS + 1) * INTERVAL_MS);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RunCount> out)
      throws Exception {
    PartitionCount any = null;
    long records = 0;
    long tokens = 0;
    long duplicates = 0;
    long missing = 0;
    for (PartitionCount count : byPartition.values()) {
      any = count;
      records += count.records();
      tokens += count.tokens();
      duplicates += count.duplicates();
      missing += count.missing();
    }
    if (any != null) {
      out.collect(
          new RunCount(
              Event.SCHEMA_VERSION,
              any.runId(),
              any.producerId(),
              any.topic(),
              Versions.of(epoch, records + duplicates),
              records,
              tokens,
              duplicates,
              missing));
    }
  }
}
