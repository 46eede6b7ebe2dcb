package io.evalstream.jobs.latency;

import io.evalstream.events.MetricWindow;
import io.evalstream.jobs.kafka.Watermarks;
import io.evalstream.jobs.lifecycle.RunSignal;
import io.evalstream.jobs.metrics.JobMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;

/**
 * Merges the parts of a run's windows and gives each window anew when it has changed, at most four
 * times a second. Keyed by run.
 *
 * <p>Nothing is given of a run before it is {@link RunSignal.Kind#RELEASED}.
 *
 * <p>A window is updated for as long as its run is open; the watermark only marks it complete. When
 * its run is closed and nothing has come for {@link #GRACE}, the run is forgotten.
 */
public final class WindowMerger
    extends KeyedCoProcessFunction<String, WindowPartial, RunSignal, MetricWindow> {

  private static final long serialVersionUID = 1L;

  /** How long a closed run is remembered. */
  public static final Duration GRACE = Duration.ofMinutes(10);

  /** How long a run that nobody closes is remembered. */
  public static final Duration MEMORY = Duration.ofDays(2);

  private static final long PUBLISH_MS = 250;
  private static final long END_OF_INPUT = Watermark.MAX_WATERMARK.getTimestamp();

  /** After this, what a closed run's producers wrote before they ended has been read, ms. */
  public static final long SETTLE_MS = 5_000;

  private final int epoch;
  private transient MapState<WindowKey, WindowState> windows;
  private transient MapState<WindowKey, Boolean> changed;
  private transient MapState<WindowKey, Long> endOfIncomplete;
  private transient ValueState<Boolean> released;
  private transient ValueState<Long> closedAtMs;
  private transient ValueState<Long> lastChangeAtMs;
  private transient Counter lateValues;
  private transient Map<String, Integer> openByRun;
  private transient int open;

  public WindowMerger(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void open(OpenContext context) {
    TypeInformation<WindowKey> key = TypeInformation.of(WindowKey.class);
    windows = state("windows", key, TypeInformation.of(WindowState.class));
    changed = state("changed", key, Types.BOOLEAN);
    endOfIncomplete = state("end-of-incomplete", key, Types.LONG);
    openByRun = new HashMap<>();
    MetricGroup metrics = JobMetrics.of(getRuntimeContext().getMetricGroup());
    lateValues = metrics.counter("late_values");
    metrics.gauge("windows_open", () -> open);
    released = getRuntimeContext().getState(new ValueStateDescriptor<>("released", Types.BOOLEAN));
    closedAtMs = getRuntimeContext().getState(new ValueStateDescriptor<>("closed-at", Types.LONG));
    lastChangeAtMs =
        getRuntimeContext().getState(new ValueStateDescriptor<>("last-change-at", Types.LONG));
  }

  @Override
  public void processElement1(WindowPartial part, Context context, Collector<MetricWindow> out)
      throws Exception {
    WindowKey key = part.window();
    WindowState known = windows.get(key);
    if (known == null) {
      known = WindowState.EMPTY;
      long endUs = key.startUs() + WindowAccumulators.WINDOW_US;
      endOfIncomplete.put(key, endUs);
      context.timerService().registerEventTimeTimer(endUs / 1_000);
    }
    if (known.complete()) {
      lateValues.inc(part.sketch().count());
    }
    windows.put(key, known.plus(part.sketch()));
    changed.put(key, true);
    long now = context.timerService().currentProcessingTime();
    lastChangeAtMs.update(now);
    context.timerService().registerProcessingTimeTimer((now / PUBLISH_MS + 1) * PUBLISH_MS);
    context.timerService().registerProcessingTimeTimer(hourAfter(now + MEMORY.toMillis()));
    context.timerService().registerEventTimeTimer(END_OF_INPUT);
  }

  @Override
  public void processElement2(RunSignal signal, Context context, Collector<MetricWindow> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    if (signal.kind() == RunSignal.Kind.CLOSED) {
      closedAtMs.update(now);
      context.timerService().registerProcessingTimeTimer(now + SETTLE_MS);
      context.timerService().registerProcessingTimeTimer(now + GRACE.toMillis());
    } else {
      release(signal.kind() == RunSignal.Kind.RELEASED, now, context);
    }
  }

  private void release(boolean release, long now, Context context) throws Exception {
    if (release == Boolean.TRUE.equals(released.value())) {
      return;
    }
    released.update(release);
    if (lastChangeAtMs.value() != null) {
      context.timerService().registerProcessingTimeTimer((now / PUBLISH_MS + 1) * PUBLISH_MS);
    }
    context.timerService().registerProcessingTimeTimer(hourAfter(now + MEMORY.toMillis()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MetricWindow> out)
      throws Exception {
    Long closedAt = closedAtMs.value();
    long now = context.timerService().currentProcessingTime();
    long watermarkUs = Watermarks.microseconds(context.timerService().currentWatermark());
    boolean settled = closedAt != null && now >= closedAt + SETTLE_MS;
    noteOpen(context.getCurrentKey(), complete(endUs -> settled || endUs <= watermarkUs));
    if (Boolean.TRUE.equals(released.value())) {
      for (WindowKey key : changed.keys()) {
        out.collect(windows.get(key).toRecord(epoch, context.getCurrentKey(), key));
      }
      changed.clear();
      context.timerService().deleteEventTimeTimer(END_OF_INPUT);
    }
    forgetWhenOver(now, closedAt, context);
  }

  /** Returns how many windows stay open. */
  private int complete(LongPredicate over) throws Exception {
    List<WindowKey> completed = new ArrayList<>();
    int incomplete = 0;
    for (var entry : endOfIncomplete.entries()) {
      if (over.test(entry.getValue())) {
        completed.add(entry.getKey());
      } else {
        incomplete++;
      }
    }
    for (WindowKey key : completed) {
      endOfIncomplete.remove(key);
      windows.put(key, windows.get(key).completed());
      changed.put(key, true);
    }
    return incomplete;
  }

  private void noteOpen(String run, int windowsOfRun) {
    Integer before = windowsOfRun == 0 ? openByRun.remove(run) : openByRun.put(run, windowsOfRun);
    open += windowsOfRun - (before == null ? 0 : before);
  }

  private void forgetWhenOver(long now, Long closedAt, OnTimerContext context) throws Exception {
    Long lastChange = lastChangeAtMs.value();
    long quietSince =
        Math.max(closedAt == null ? 0 : closedAt, lastChange == null ? 0 : lastChange);
    long memory = (closedAt == null ? MEMORY : GRACE).toMillis();
    if (now >= quietSince + memory) {
      noteOpen(context.getCurrentKey(), 0);
      windows.clear();
      changed.clear();
      endOfIncomplete.clear();
      released.clear();
      closedAtMs.clear();
      lastChangeAtMs.clear();
      context.timerService().deleteEventTimeTimer(END_OF_INPUT);
    } else if (closedAt != null) {
      context.timerService().registerProcessingTimeTimer(minuteAfter(quietSince + memory));
    }
  }

  private <V> MapState<WindowKey, V> state(
      String name, TypeInformation<WindowKey> key, TypeInformation<V> value) {
    return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, key, value));
  }

  private static long hourAfter(long ms) {
    return (ms / 3_600_000 + 1) * 3_600_000;
  }

  private static long minuteAfter(long ms) {
    return (ms / 60_000 + 1) * 60_000;
  }
}
