package io.evalstream.jobs.latency;

import io.evalstream.events.MetricWindow;
import io.evalstream.jobs.kafka.Watermarks;
import io.evalstream.jobs.lifecycle.RunClosed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the parts of a run's windows and gives each window anew when it has changed, at most four
 * times a second. Keyed by run.
 *
 * <p>A window is updated for as long as its run is open; the watermark only marks it complete. When
 * its run is closed and nothing has come for {@link #GRACE}, the run is forgotten.
 */
public final class WindowMerger
    extends KeyedCoProcessFunction<String, WindowPartial, RunClosed, MetricWindow> {

  private static final long serialVersionUID = 1L;

  /** How long a closed run is remembered. */
  public static final Duration GRACE = Duration.ofMinutes(10);

  /** How long a run that nobody closes is remembered. */
  public static final Duration MEMORY = Duration.ofDays(2);

  private static final long PUBLISH_MS = 250;

  /** After this, what a closed run's producers wrote before they ended has been read, ms. */
  public static final long SETTLE_MS = 5_000;

  private final int epoch;
  private transient MapState<WindowKey, WindowState> windows;
  private transient MapState<WindowKey, Boolean> changed;
  private transient MapState<WindowKey, Long> endOfIncomplete;
  private transient ValueState<Long> closedAtMs;
  private transient ValueState<Long> lastChangeAtMs;

  public WindowMerger(int epoch) {
    this.epoch = epoch;
  }

  @Override
  public void open(OpenContext context) {
    TypeInformation<WindowKey> key = TypeInformation.of(WindowKey.class);
    windows = state("windows", key, TypeInformation.of(WindowState.class));
    changed = state("changed", key, Types.BOOLEAN);
    endOfIncomplete = state("end-of-incomplete", key, Types.LONG);
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
    windows.put(key, known.plus(part.sketch()));
    changed.put(key, true);
    long now = context.timerService().currentProcessingTime();
    lastChangeAtMs.update(now);
    context.timerService().registerProcessingTimeTimer((now / PUBLISH_MS + 1) * PUBLISH_MS);
    context.timerService().registerProcessingTimeTimer(hourAfter(now + MEMORY.toMillis()));
  }

  @Override
  public void processElement2(RunClosed closed, Context context, Collector<MetricWindow> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    closedAtMs.update(now);
    context.timerService().registerProcessingTimeTimer(now + SETTLE_MS);
    context.timerService().registerProcessingTimeTimer(now + GRACE.toMillis());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<MetricWindow> out)
      throws Exception {
    Long closedAt = closedAtMs.value();
    long now = context.timerService().currentProcessingTime();
    long watermarkUs = Watermarks.microseconds(context.timerService().currentWatermark());
    boolean settled = closedAt != null && now >= closedAt + SETTLE_MS;
    complete(endUs -> settled || endUs <= watermarkUs);
    for (WindowKey key : changed.keys()) {
      out.collect(windows.get(key).toRecord(epoch, context.getCurrentKey(), key));
    }
    changed.clear();
    forgetWhenOver(now, closedAt, context);
  }

  private void complete(LongPredicate over) throws Exception {
    List<WindowKey> completed = new ArrayList<>();
    for (var entry : endOfIncomplete.entries()) {
      if (over.test(entry.getValue())) {
        completed.add(entry.getKey());
      }
    }
    for (WindowKey key : completed) {
      endOfIncomplete.remove(key);
      windows.put(key, windows.get(key).completed());
      changed.put(key, true);
    }
  }

  private void forgetWhenOver(long now, Long closedAt, OnTimerContext context) throws Exception {
    Long lastChange = lastChangeAtMs.value();
    long quietSince =
        Math.max(closedAt == null ? 0 : closedAt, lastChange == null ? 0 : lastChange);
    long memory = (closedAt == null ? MEMORY : GRACE).toMillis();
    if (now >= quietSince + memory) {
      windows.clear();
      changed.clear();
      endOfIncomplete.clear();
      closedAtMs.clear();
      lastChangeAtMs.clear();
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
