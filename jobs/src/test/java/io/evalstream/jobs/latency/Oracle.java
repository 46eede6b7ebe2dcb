package io.evalstream.jobs.latency;

import io.evalstream.events.MetricWindow;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.TokenTimings;
import io.evalstream.statistics.sketch.QuantileSketch;
import io.evalstream.statistics.sketch.SketchAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What windows must hold, worked out value by value from the definitions. */
public final class Oracle {

  private final Map<String, List<Long>> values = new TreeMap<>();

  /** Adds a record's chunks, walking forward from the first. */
  public void add(TokenTimings timings) {
    long at = timings.atUs();
    for (int gap : timings.gapsUs()) {
      at -= gap;
    }
    addTokenLatencies(timings, at);
    int chunk = 0;
    if (timings.chunkIndex() == 0) {
      put(timings.runId(), timings.scenario(), "chunk_tokens", at, tokens(timings, chunk++));
    }
    for (int gap : timings.gapsUs()) {
      at += gap;
      put(timings.runId(), timings.scenario(), "itl", at, gap);
      put(timings.runId(), timings.scenario(), "chunk_tokens", at, tokens(timings, chunk++));
    }
  }

  /** Adds the time of every token, as the definition says. */
  private void addTokenLatencies(TokenTimings timings, long firstAt) {
    int first = timings.chunkIndex() == 0 ? 1 : 0;
    boolean begun = first == 0 || tokens(timings, 0) > 0;
    long at = firstAt;
    long since = 0;
    for (int i = 0; i < timings.gapsUs().length; i++) {
      at += timings.gapsUs()[i];
      since += timings.gapsUs()[i];
      long count = tokens(timings, i + first);
      for (long token = 0; begun && token < count; token++) {
        long value = Math.round((double) since / count);
        put(timings.runId(), timings.scenario(), "token_latency", at, value);
      }
      if (count > 0) {
        begun = true;
        since = 0;
      }
    }
  }

  private static long tokens(TokenTimings timings, int chunk) {
    return timings.tokens() == null ? 1 : timings.tokens()[chunk];
  }

  /** Adds a request's measures. */
  public void add(RequestOutcome o) {
    put(o, "ends", o.finishedAtUs() % 1_000_000);
    long scheduled = o.scheduledAtUs();
    put(o.runId(), o.scenario(), "arrivals", scheduled, scheduled % 1_000_000);
    if (o.sentAtUs() != null && o.sentAtUs() < o.finishedAtUs()) {
      long second = o.sentAtUs() / 1_000_000 * 1_000_000;
      for (; second < o.finishedAtUs(); second += 1_000_000) {
        long overlap =
            Math.min(second + 1_000_000, o.finishedAtUs()) - Math.max(second, o.sentAtUs());
        put(o.runId(), o.scenario(), "in_flight", second, overlap);
      }
    }
    if (o.status() != RequestStatus.OK) {
      put(o, "failed_" + o.status().text(), o.finishedAtUs() - o.scheduledAtUs());
      put(o, "failed", o.finishedAtUs() - o.scheduledAtUs());
      return;
    }
    long last = o.lastTokenAtUs() == null ? o.firstTokenAtUs() : o.lastTokenAtUs();
    put(o, "ttft", o.firstTokenAtUs() - o.sentAtUs());
    put(o, "ttft_from_schedule", o.firstTokenAtUs() - o.scheduledAtUs());
    put(o, "e2el", last - o.sentAtUs());
    put(o, "e2el_from_schedule", last - o.scheduledAtUs());
    put(o, "send_lag", o.sentAtUs() - o.scheduledAtUs());
    put(o, "prompt_tokens", o.promptTokens());
    put(o, "output_tokens", o.outputTokens());
    if (o.outputTokens() > 1) {
      double tpot = (double) (last - o.firstTokenAtUs()) / (o.outputTokens() - 1);
      put(o, "tpot", Math.round(tpot));
    }
  }

  private void put(RequestOutcome o, String metric, long value) {
    put(o.runId(), o.scenario(), metric, o.finishedAtUs(), Math.max(0, value));
  }

  private void put(String runId, String scenario, String metric, long at, long value) {
    long start = at / 1_000_000 * 1_000_000;
    String key = runId + "/" + scenario + "/" + metric + "/" + start;
    values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
  }

  /** Every window's content, in words. */
  public Map<String, String> windows() {
    Map<String, String> windows = new TreeMap<>();
    values.forEach(
        (key, list) -> {
          SketchAccumulator accumulator = new SketchAccumulator();
          list.forEach(accumulator::accept);
          windows.put(key, text(accumulator.snapshot()));
        });
    return windows;
  }

  /** Which window a part belongs to. */
  public static String key(WindowPartial part) {
    WindowKey window = part.window();
    return part.runId() + "/" + window.scenario() + "/" + window.metric() + "/" + window.startUs();
  }

  /** Which window a row is of. */
  public static String key(MetricWindow row) {
    return row.runId() + "/" + row.scenario() + "/" + row.metric() + "/" + row.windowStartAtUs();
  }

  /** Everything that a sketch holds. */
  public static String text(QuantileSketch sketch) {
    return sketch.count()
        + " values, "
        + sketch.zeroCount()
        + " zeros, sum "
        + sketch.sum()
        + ", squares "
        + sketch.sumOfSquares()
        + ", "
        + sketch.min()
        + ".."
        + sketch.max()
        + ", "
        + Arrays.toString(sketch.binIndexes())
        + Arrays.toString(sketch.binCounts());
  }

  /** The same of a row. */
  public static String text(MetricWindow row) {
    return row.count()
        + " values, "
        + row.zeroCount()
        + " zeros, sum "
        + row.sum()
        + ", squares "
        + row.sumOfSquares()
        + ", "
        + row.min()
        + ".."
        + row.max()
        + ", "
        + Arrays.toString(row.binIndexes())
        + Arrays.toString(row.binCounts());
  }

  /** The content of windows whose parts these are. */
  public static Map<String, String> merged(Iterable<WindowPartial> parts) {
    Map<String, QuantileSketch> sketches = new TreeMap<>();
    parts.forEach(part -> sketches.merge(key(part), part.sketch(), QuantileSketch::plus));
    Map<String, String> windows = new TreeMap<>();
    sketches.forEach((key, sketch) -> windows.put(key, text(sketch)));
    return windows;
  }
}
