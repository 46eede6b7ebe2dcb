package io.evalstream.jobs.accounting;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunCount;
import io.evalstream.events.Topic;
import io.evalstream.jobs.lifecycle.RunSignal;
import io.evalstream.jobs.metrics.JobMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Adds up the counts of a run's producers over the partitions of each topic, and gives the sums
 * that have changed at most twice a second. Keyed by run.
 *
 * <p>A job that starts without its state counts from the beginning of its topics, and Kafka may no
 * longer hold all of it. So what a producer had sent before that start, by its last record on topic
 * {@code runs}, is owed: until it is counted the producer's sums are withheld, and the run is not
 * {@link RunSignal.Kind#RELEASED}.
 */
public final class CountMerger
    extends KeyedCoProcessFunction<String, PartitionCount, ProducerState, RunCount>
    implements CheckpointedFunction {

  private static final long serialVersionUID = 1L;

  /** Whether the run's results may be published: given with every change of its counts. */
  public static final OutputTag<RunSignal> SIGNALS =
      new OutputTag<>("signals", TypeInformation.of(RunSignal.class));

  /** After this, what lay on topic {@code runs} when the job started has been read, ms. */
  static final long RUNS_READ_MS = 10_000;

  private static final long INTERVAL_MS = 500;
  private static final long END_OF_INPUT = Watermark.MAX_WATERMARK.getTimestamp();
  private static final Duration MEMORY = Duration.ofDays(9);

  /** The topics that windows are made of. */
  private static final Set<String> OF_WINDOWS =
      Set.of(Topic.TOKEN_TIMINGS.text(), Topic.REQUEST_OUTCOMES.text());

  private final int epoch;

  /** When the job last began without its state; by the clock of processing time. */
  private transient long startedAtMs;

  private transient ListState<Long> startedAtState;
  private transient MapState<String, PartitionCount> byPartition;
  private transient MapState<String, Boolean> changed;
  private transient MapState<String, Boolean> allHeard;
  private transient MapState<String, Long> owed;
  private transient ValueState<Long> firstCountAtMs;
  private transient Set<String> withheldRuns;

  public CountMerger(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    startedAtState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("started-at", Types.LONG));
    startedAtMs = context.isRestored() ? Long.MIN_VALUE : System.currentTimeMillis();
    for (long startedAt : startedAtState.get()) {
      startedAtMs = Math.max(startedAtMs, startedAt);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    startedAtState.update(List.of(startedAtMs));
  }

  @Override
  public void open(OpenContext context) {
    withheldRuns = new HashSet<>();
    JobMetrics.of(getRuntimeContext().getMetricGroup())
        .gauge("runs_withheld", () -> withheldRuns.size());
    StateTtlConfig ttl = StateTtlConfig.newBuilder(MEMORY).build();
    byPartition = map("by-partition", TypeInformation.of(PartitionCount.class), ttl);
    changed = map("changed", Types.BOOLEAN, ttl);
    allHeard = map("all-heard", Types.BOOLEAN, ttl);
    owed = map("owed", Types.LONG, ttl);
    ValueStateDescriptor<Long> first = new ValueStateDescriptor<>("first-count-at", Types.LONG);
    first.enableTimeToLive(ttl);
    firstCountAtMs = getRuntimeContext().getState(first);
  }

  @Override
  public void processElement1(PartitionCount count, Context context, Collector<RunCount> out)
      throws Exception {
    PartitionCount known = byPartition.get(count.part());
    if (known == null || known.inputs() <= count.inputs()) {
      byPartition.put(count.part(), count);
    }
    changed.put(count.series(), true);
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    if (firstCountAtMs.value() == null) {
      firstCountAtMs.update(now);
      timers.registerProcessingTimeTimer(now + RUNS_READ_MS);
    }
    timers.registerProcessingTimeTimer((now / INTERVAL_MS + 1) * INTERVAL_MS);
    timers.registerEventTimeTimer(END_OF_INPUT);
  }

  @Override
  public void processElement2(ProducerState state, Context context, Collector<RunCount> out)
      throws Exception {
    boolean early = context.timestamp() != null && context.timestamp() <= startedAtMs;
    if (!early && Boolean.TRUE.equals(allHeard.get(state.producerId()))) {
      return;
    }
    allHeard.put(state.producerId(), !early); // the records of a run on the topic are in order
    if (early) {
      for (Map.Entry<String, ProducerState.SentCount> sent : state.sent().entrySet()) {
        String series = PartitionCount.series(state.producerId(), sent.getKey());
        owed.put(series, sent.getValue().records());
        changed.put(series, true);
      }
      context.timerService().registerProcessingTimeTimer(startedAtMs + RUNS_READ_MS);
    }
    signal(sums(), context.timerService(), context);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RunCount> out)
      throws Exception {
    TimerService timers = context.timerService();
    Map<String, Sum> sums = sums();
    if (sums.isEmpty()) {
      return; // a run of long ago: Kafka holds nothing of it
    }
    List<String> told = new ArrayList<>();
    for (String series : changed.keys()) {
      long outstanding = outstanding(series, sums);
      boolean withheld = outstanding > 0 || !known(PartitionCount.producerOf(series), timers);
      Sum sum = sums.getOrDefault(series, new Sum());
      out.collect(sum.toRecord(epoch, context.getCurrentKey(), series, withheld, outstanding));
      if (!withheld) {
        told.add(series);
      }
    }
    for (String series : told) {
      changed.remove(series);
    }
    if (signal(sums, timers, context) == RunSignal.Kind.RELEASED && changed.isEmpty()) {
      timers.deleteEventTimeTimer(END_OF_INPUT);
    }
  }

  private RunSignal.Kind signal(Map<String, Sum> sums, TimerService timers, Context context)
      throws Exception {
    RunSignal.Kind kind =
        released(sums, timers) ? RunSignal.Kind.RELEASED : RunSignal.Kind.WITHHELD;
    String run = context.getCurrentKey();
    if (kind == RunSignal.Kind.WITHHELD && !sums.isEmpty()) {
      withheldRuns.add(run);
    } else {
      withheldRuns.remove(run);
    }
    context.output(SIGNALS, new RunSignal(run, kind));
    return kind;
  }

  private boolean released(Map<String, Sum> sums, TimerService timers) throws Exception {
    for (String series : sums.keySet()) {
      if (!known(PartitionCount.producerOf(series), timers)) {
        return false;
      }
    }
    for (String producer : allHeard.keys()) {
      if (!known(producer, timers)) {
        return false;
      }
      for (String topic : OF_WINDOWS) {
        if (outstanding(PartitionCount.series(producer, topic), sums) > 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether it is known what the producer owes; one that says nothing owes nothing. */
  private boolean known(String producer, TimerService timers) throws Exception {
    Boolean heard = allHeard.get(producer);
    if (Boolean.TRUE.equals(heard) || inputHasEnded(timers)) {
      return true;
    }
    Long since = heard == null ? firstCountAtMs.value() : Long.valueOf(startedAtMs);
    return since != null && timers.currentProcessingTime() >= since + RUNS_READ_MS;
  }

  private long outstanding(String series, Map<String, Sum> sums) throws Exception {
    Long sent = owed.get(series);
    Sum sum = sums.get(series);
    return sent == null ? 0 : Math.max(0, sent - (sum == null ? 0 : sum.met()));
  }

  private Map<String, Sum> sums() throws Exception {
    Map<String, Sum> sums = new HashMap<>();
    for (PartitionCount count : byPartition.values()) {
      sums.computeIfAbsent(count.series(), series -> new Sum()).add(count);
    }
    return sums;
  }

  private <V> MapState<String, V> map(String name, TypeInformation<V> type, StateTtlConfig ttl) {
    MapStateDescriptor<String, V> descriptor = new MapStateDescriptor<>(name, Types.STRING, type);
    descriptor.enableTimeToLive(ttl);
    return getRuntimeContext().getMapState(descriptor);
  }

  private static boolean inputHasEnded(TimerService timers) {
    return timers.currentWatermark() == END_OF_INPUT;
  }

  /** Over the partitions of a series. */
  private static final class Sum {

    private long records;
    private long tokens;
    private long duplicates;
    private long missing;
    private long quarantined;

    void add(PartitionCount count) {
      records += count.records();
      tokens += count.tokens();
      duplicates += count.duplicates();
      missing += count.missing();
      quarantined += count.quarantined();
    }

    long met() {
      return records + quarantined;
    }

    RunCount toRecord(int epoch, String runId, String series, boolean withheld, long outstanding) {
      return new RunCount(
          Event.SCHEMA_VERSION,
          runId,
          PartitionCount.producerOf(series),
          PartitionCount.topicOf(series),
          Versions.of(epoch, records + duplicates + quarantined),
          records,
          tokens,
          duplicates,
          missing,
          quarantined,
          withheld,
          outstanding);
    }
  }
}
