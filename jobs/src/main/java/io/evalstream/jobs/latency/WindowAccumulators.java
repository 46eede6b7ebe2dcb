package io.evalstream.jobs.latency;

import io.evalstream.events.Metric;
import io.evalstream.statistics.sketch.QuantileSketch;
import io.evalstream.statistics.sketch.SketchAccumulator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The windows that a reader is filling. For one thread. */
public final class WindowAccumulators {

  /** Length of a window, µs. */
  public static final long WINDOW_US = 1_000_000;

  private record Key(String runId, String scenario, long startUs) {}

  private final Map<Key, Window> filling = new HashMap<>();
  private final Deque<Window> spare = new ArrayDeque<>();
  private Key lastKey = new Key("", "", 0);
  private Window last;

  /** Start of the window that an instant lies in. */
  public static long windowStart(long atUs) {
    return atUs - Math.floorMod(atUs, WINDOW_US);
  }

  /** A window of a run's scenario; it is the caller's until the next {@link #drain}. */
  public Window at(String runId, String scenario, long startUs) {
    if (last != null
        && lastKey.startUs == startUs
        && lastKey.runId.equals(runId)
        && lastKey.scenario.equals(scenario)) {
      return last;
    }
    lastKey = new Key(runId, scenario, startUs);
    last = filling.get(lastKey);
    if (last == null) {
      last = spare.isEmpty() ? new Window() : spare.pop();
      filling.put(lastKey, last);
    }
    return last;
  }

  /** How many windows are being filled. */
  public int size() {
    return filling.size();
  }

  /** Hands out all windows, metric by metric, and starts anew. */
  public void drain(Consumer<WindowPartial> out) {
    filling.forEach(
        (key, window) -> {
          window.drain(key, out);
          spare.push(window);
        });
    filling.clear();
    last = null;
  }

  /** What is known of a window, by metric. */
  public static final class Window {

    private final Map<Metric, SketchAccumulator> byMetric = new EnumMap<>(Metric.class);

    private final SketchAccumulator gapsOfOneToken = new SketchAccumulator();

    private Window() {}

    /** The values of a metric. */
    public SketchAccumulator of(Metric metric) {
      return byMetric.computeIfAbsent(metric, key -> new SketchAccumulator());
    }

    /**
     * Gaps before chunks of one token, which are values of both {@link Metric#ITL} and {@link
     * Metric#TOKEN_LATENCY}: taken in once.
     */
    public SketchAccumulator gapsOfOneToken() {
      return gapsOfOneToken;
    }

    private void drain(Key key, Consumer<WindowPartial> out) {
      byMetric.forEach((metric, values) -> drain(key, values, out, metric));
      drain(key, gapsOfOneToken, out, Metric.ITL, Metric.TOKEN_LATENCY);
    }

    private static void drain(
        Key key, SketchAccumulator values, Consumer<WindowPartial> out, Metric... metrics) {
      if (values.count() > 0) {
        QuantileSketch sketch = values.snapshot();
        for (Metric metric : metrics) {
          WindowKey window = new WindowKey(key.scenario, metric.text(), key.startUs);
          out.accept(new WindowPartial(key.runId, window, sketch));
        }
        values.clear();
      }
    }
  }
}
