package io.evalstream.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what the server does, and renders it under vLLM's names and bounds
 * (vllm/v1/metrics/loggers.py). Thread-safe.
 */
final class Metrics {
  private static final double[] REQUEST_BOUNDS = {
    0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0, 240.0,
    480.0, 960.0, 1920.0, 7680.0
  };
  private static final double[] FIRST_TOKEN_BOUNDS = {
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
    20.0, 40.0, 80.0, 160.0, 640.0, 2560.0
  };
  private static final double[] GAP_BOUNDS = {
    0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, 20.0,
    40.0, 80.0
  };
  private static final double[] SCHEDULE_BOUNDS = {
    0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 1.0
  };

  private final LongAdder received = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder garbled = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder generationTokens = new LongAdder();
  private final LongAdder chunks = new LongAdder();
  private final LongAdder heldBack = new LongAdder();
  private final AtomicLong tokensInCache = new AtomicLong();
  private final Map<FinishReason, LongAdder> finished = new EnumMap<>(FinishReason.class);
  private final Histogram firstTokens = new Histogram(FIRST_TOKEN_BOUNDS);
  private final Histogram gaps = new Histogram(GAP_BOUNDS);
  private final Histogram ends = new Histogram(REQUEST_BOUNDS);
  private final Histogram queueTimes = new Histogram(REQUEST_BOUNDS);
  private final Histogram prefillTimes = new Histogram(REQUEST_BOUNDS);
  private final Histogram decodeTimes = new Histogram(REQUEST_BOUNDS);
  private final Histogram scheduleErrors = new Histogram(SCHEDULE_BOUNDS);
  private final ScheduleErrorRecorder scheduleError = new ScheduleErrorRecorder();
  private final ScheduleErrorRecorder gapError = new ScheduleErrorRecorder();

  Metrics() {
    for (FinishReason reason : FinishReason.values()) {
      finished.put(reason, new LongAdder());
    }
  }

  void received() {
    received.increment();
  }

  void refused() {
    refused.increment();
  }

  void cut() {
    cut.increment();
  }

  void garbage() {
    garbled.increment();
  }

  /** A request got its slot and its prompt is in the cache. */
  void promptRead(int tokens) {
    promptTokens.add(tokens);
    tokensInCache.addAndGet(tokens);
  }

  /** Tokens were generated. */
  void tokens(int tokens) {
    generationTokens.add(tokens);
    tokensInCache.addAndGet(tokens);
  }

  /** A chunk of a stream was handed to the socket {@code lateNanos} after its time. */
  void chunk(int tokens, long lateNanos, boolean wasHeldBack) {
    tokens(tokens);
    chunks.increment();
    if (wasHeldBack) {
      heldBack.increment();
    } else {
      scheduleErrors.record(lateNanos);
      scheduleError.record(lateNanos);
    }
  }

  void firstToken(long nanosSinceArrival) {
    firstTokens.record(nanosSinceArrival);
  }

  void gap(long nanos) {
    gaps.record(nanos);
  }

  /** A chunk of a stream left so much longer after the one before it than planned. */
  void gapError(long nanos) {
    gapError.record(nanos);
  }

  /** An answer is complete; the instants are those of its first and last chunk. */
  void answered(TimedResponse response, long firstNanos, long lastNanos) {
    answered.increment();
    ends.record(lastNanos - response.arrivalNanos());
    queueTimes.record(response.startNanos() - response.arrivalNanos());
    prefillTimes.record(firstNanos - response.startNanos());
    decodeTimes.record(lastNanos - firstNanos);
  }

  /** A request gave up its slot and its tokens' place in the cache. */
  void left(int tokens) {
    tokensInCache.addAndGet(-tokens);
  }

  void finished(FinishReason reason) {
    finished.get(reason).increment();
  }

  ScheduleError scheduleError() {
    return scheduleError.summary();
  }

  /** How much too long the gaps between chunks were when they left; too short counts as 0. */
  ScheduleError gapErrors() {
    return gapError.summary();
  }

  /** Counts both errors anew; the histogram of {@link #render} goes on. */
  void clearScheduleError() {
    scheduleError.clear();
    gapError.clear();
  }

  long heldBack() {
    return heldBack.sum();
  }

  SimulatorStats stats(Slots slots) {
    return new SimulatorStats(
        received.sum(),
        refused.sum(),
        slots.waiting(),
        slots.running(),
        answered.sum(),
        finished.get(FinishReason.ABORT).sum(),
        cut.sum(),
        garbled.sum(),
        promptTokens.sum(),
        generationTokens.sum(),
        chunks.sum(),
        heldBack.sum(),
        scheduleError.summary());
  }

  /** All of it in Prometheus' text format. */
  String render(SimulatorConfig config, Slots slots) {
    StringBuilder out = new StringBuilder(16 * 1_024);
    String labels = "engine=\"0\",model_name=" + Json.quote(config.model());
    double cache = Math.min(1, (double) tokensInCache.get() / config.kvCacheTokens());
    gauge(out, "vllm:num_requests_running", labels, slots.running());
    gauge(out, "vllm:num_requests_waiting", labels, slots.waiting());
    gauge(out, "vllm:kv_cache_usage_perc", labels, cache);
    counter(out, "vllm:prompt_tokens_total", labels, promptTokens);
    counter(out, "vllm:generation_tokens_total", labels, generationTokens);
    out.append("# TYPE vllm:request_success_total counter\n");
    finished.forEach(
        (reason, count) -> {
          String labelled = labels + ",finished_reason=\"" + reason.text() + "\"";
          sample(out, "vllm:request_success_total", labelled, (double) count.sum());
        });
    histogram(out, "vllm:time_to_first_token_seconds", labels, firstTokens);
    histogram(out, "vllm:inter_token_latency_seconds", labels, gaps);
    histogram(out, "vllm:e2e_request_latency_seconds", labels, ends);
    histogram(out, "vllm:request_queue_time_seconds", labels, queueTimes);
    histogram(out, "vllm:request_prefill_time_seconds", labels, prefillTimes);
    histogram(out, "vllm:request_decode_time_seconds", labels, decodeTimes);
    counter(out, "evalstream_simulator_chunks_total", labels, chunks);
    counter(out, "evalstream_simulator_chunks_held_back_total", labels, heldBack);
    counter(out, "evalstream_simulator_requests_refused_total", labels, refused);
    histogram(out, "evalstream_simulator_schedule_error_seconds", labels, scheduleErrors);
    return out.toString();
  }

  private static void gauge(StringBuilder out, String name, String labels, double value) {
    out.append("# TYPE ").append(name).append(" gauge\n");
    sample(out, name, labels, value);
  }

  private static void counter(StringBuilder out, String name, String labels, LongAdder value) {
    out.append("# TYPE ").append(name).append(" counter\n");
    sample(out, name, labels, (double) value.sum());
  }

  private static void histogram(StringBuilder out, String name, String labels, Histogram values) {
    out.append("# TYPE ").append(name).append(" histogram\n");
    values.render(out, name, labels);
  }

  private static void sample(StringBuilder out, String name, String labels, double value) {
    out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
  }
}
