package io.evalstream.jobs.latency;

import io.evalstream.events.Metric;
import io.evalstream.statistics.sketch.SketchAccumulator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The windows that a reader is filling. For one thread. */
public final class WindowAccumulators {

  /** Length of a window, µs. */
  public static final long WINDOW_US = 1_000_000;

  private record Key(String runId, WindowKey window) {}

  private final Map<Key, SketchAccumulator> filling = new HashMap<>();
  private final Deque<SketchAccumulator> spare = new ArrayDeque<>();

  /** Start of the window that an instant lies in. */
  public static long windowStart(long atUs) {
    return atUs - Math.floorMod(atUs, WINDOW_US);
  }

  /** The accumulator of a window; it is the caller's until the next {@link #drain}. */
  public SketchAccumulator at(String runId, String scenario, Metric metric, long windowStartUs) {
    Key key = new Key(runId, new WindowKey(scenario, metric.text(), windowStartUs));
    SketchAccumulator accumulator = filling.get(key);
    if (accumulator == null) {
      accumulator = spare.isEmpty() ? new SketchAccumulator() : spare.pop();
      filling.put(key, accumulator);
    }
    return accumulator;
  }

  /** How many windows are being filled. */
  public int size() {
    return filling.size();
  }

  /** Hands out all windows and starts anew. */
  public void drain(Consumer<WindowPartial> out) {
    filling.forEach(
        (key, accumulator) -> {
          if (accumulator.count() > 0) {
            out.accept(new WindowPartial(key.runId(), key.window(), accumulator.snapshot()));
          }
          accumulator.clear();
          spare.push(accumulator);
        });
    filling.clear();
  }
}
