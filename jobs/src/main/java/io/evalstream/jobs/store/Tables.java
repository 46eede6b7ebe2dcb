package io.evalstream.jobs.store;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.EventCodec;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.MetricWindow;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RunCount;
import io.evalstream.events.RunGrade;
import io.evalstream.events.RunPlan;
import io.evalstream.events.ServerMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The tables that the store job writes. Each row's version grows with what it knows. */
final class Tables {

  static final Table<RunPlan> RUNS =
      new Table<>(
          "runs",
          List.of(
              "run_id",
              "version",
              "at",
              "kind",
              "model",
              "release",
              "image_digest",
              "environment",
              "scenarios",
              "planned_items",
              "producers",
              "seed",
              "baseline_id",
              "labels"),
          (plan, row) ->
              row.text(plan.runId())
                  .add(plan.sequence())
                  .instant(plan.atUs())
                  .text(plan.kind().text())
                  .text(plan.model())
                  .text(plan.release())
                  .text(plan.imageDigest())
                  .add(plan.environment())
                  .text(new String(EventCodec.encode(plan.scenarios()), StandardCharsets.UTF_8))
                  .add(plannedItems(plan))
                  .add(plan.producers())
                  .add(plan.seed())
                  .text(plan.baselineId())
                  .add(plan.labels()));

  static final Table<ProducerState> RUN_PRODUCERS =
      new Table<>(
          "run_producers",
          List.of(
              "run_id",
              "producer_id",
              "version",
              "at",
              "state",
              "status",
              "reason",
              "sent_records",
              "sent_tokens",
              "shard",
              "judged",
              "doubts"),
          (state, row) ->
              row.text(state.runId())
                  .text(state.producerId())
                  .add(2 * state.sequence() + (state.type() == ProducerState.Type.LOST ? 1 : 0))
                  .instant(state.atUs())
                  .text(state.type().text())
                  .text(state.status() == null ? "" : state.status().text())
                  .text(state.reason())
                  .add(sent(state, ProducerState.SentCount::records))
                  .add(sent(state, ProducerState.SentCount::tokens))
                  .add(state.shard())
                  .doubts(state.doubts()));

  static final Table<RequestOutcome> REQUEST_OUTCOMES =
      new Table<>(
          "request_outcomes",
          List.of(
              "run_id",
              "scenario",
              "request_id",
              "version",
              "producer_id",
              "plan_index",
              "prompt_id",
              "scheduled_at",
              "sent_at",
              "first_token_at",
              "last_token_at",
              "finished_at",
              "prompt_tokens",
              "output_tokens",
              "chunks",
              "max_gap_us",
              "status",
              "http_status",
              "error",
              "finish_reason",
              "block",
              "warm_up",
              "arm",
              "turn"),
          (outcome, row) ->
              row.text(outcome.runId())
                  .text(outcome.scenario())
                  .text(outcome.requestId())
                  .add(outcome.sequence())
                  .text(outcome.producerId())
                  .add(outcome.index())
                  .text(outcome.promptId())
                  .instant(outcome.scheduledAtUs())
                  .instant(outcome.sentAtUs())
                  .instant(outcome.firstTokenAtUs())
                  .instant(outcome.lastTokenAtUs())
                  .instant(outcome.finishedAtUs())
                  .add(outcome.promptTokens())
                  .add(outcome.outputTokens())
                  .add(outcome.chunks())
                  .add(outcome.maxGapUs())
                  .text(outcome.status().text())
                  .add(outcome.httpStatus())
                  .text(outcome.error())
                  .text(outcome.finishReason())
                  .add(outcome.block())
                  .add(outcome.warmUp())
                  .text(outcome.arm() == null ? "" : outcome.arm().text())
                  .add(outcome.turn()));

  static final Table<GeneratorHealth> GENERATOR_HEALTH =
      new Table<>(
          "generator_health",
          List.of(
              "run_id",
              "producer_id",
              "at",
              "version",
              "send_lag_p50_us",
              "send_lag_p99_us",
              "send_lag_max_us",
              "event_loop_lag_us",
              "gc_pause_ms",
              "requests_sent",
              "requests_running",
              "chunks",
              "reads",
              "dropped_records",
              "judged",
              "doubts"),
          (health, row) ->
              row.text(health.runId())
                  .text(health.producerId())
                  .instant(health.atUs())
                  .add(health.sequence())
                  .add(health.sendLagP50Us())
                  .add(health.sendLagP99Us())
                  .add(health.sendLagMaxUs())
                  .add(health.eventLoopLagUs())
                  .add(health.gcPauseMs())
                  .add(health.requestsSent())
                  .add(health.requestsRunning())
                  .add(health.chunks())
                  .add(health.reads())
                  .add(health.droppedRecords())
                  .doubts(health.doubts()));

  static final Table<ServerMetrics> SERVER_METRICS =
      new Table<>(
          "server_metrics",
          List.of(
              "run_id",
              "producer_id",
              "endpoint",
              "at",
              "version",
              "running",
              "waiting",
              "kv_cache_usage",
              "prompt_tokens_total",
              "generation_tokens_total",
              "preemptions_total",
              "queue_time_us",
              "queue_time_count",
              "prefill_time_us",
              "prefill_time_count",
              "decode_time_us",
              "decode_time_count",
              "spec_decode_accepted_tokens",
              "spec_decode_draft_tokens",
              "gpu_utilisation",
              "gpu_power_watts"),
          (metrics, row) ->
              row.text(metrics.runId())
                  .text(metrics.producerId())
                  .text(metrics.endpoint())
                  .instant(metrics.atUs())
                  .add(metrics.sequence())
                  .add(metrics.running())
                  .add(metrics.waiting())
                  .add(metrics.kvCacheUsage())
                  .add(metrics.promptTokensTotal())
                  .add(metrics.generationTokensTotal())
                  .add(metrics.preemptionsTotal())
                  .add(metrics.queueTimeUs())
                  .add(metrics.queueTimeCount())
                  .add(metrics.prefillTimeUs())
                  .add(metrics.prefillTimeCount())
                  .add(metrics.decodeTimeUs())
                  .add(metrics.decodeTimeCount())
                  .add(metrics.specDecodeAcceptedTokens())
                  .add(metrics.specDecodeDraftTokens())
                  .add(metrics.gpuUtilisation())
                  .add(metrics.gpuPowerWatts()));

  static final Table<MetricWindow> LATENCY_WINDOWS =
      new Table<>(
          "latency_windows",
          List.of(
              "run_id",
              "scenario",
              "metric",
              "window_us",
              "window_start",
              "version",
              "complete",
              "count",
              "zero_count",
              "sum",
              "sum_of_squares",
              "min",
              "max",
              "bins"),
          (window, row) ->
              row.text(window.runId())
                  .text(window.scenario())
                  .text(window.metric())
                  .add(window.windowUs())
                  .instant(window.windowStartAtUs())
                  .add(window.version())
                  .add(window.complete())
                  .add(window.count())
                  .add(window.zeroCount())
                  .add(window.sum())
                  .add(window.sumOfSquares())
                  .add(window.min())
                  .add(window.max())
                  .add(bins(window)));

  static final Table<RunCount> RUN_COUNTS =
      new Table<>(
          "run_counts",
          List.of(
              "run_id",
              "producer_id",
              "topic",
              "version",
              "records",
              "tokens",
              "duplicates",
              "missing",
              "quarantined",
              "outstanding",
              "withheld"),
          (count, row) ->
              row.text(count.runId())
                  .text(count.producerId())
                  .text(count.topic())
                  .add(count.version())
                  .add(count.records())
                  .add(count.tokens())
                  .add(count.duplicates())
                  .add(count.missing())
                  .add(count.quarantined())
                  .add(count.outstanding())
                  .add(count.withheld()));

  static final Table<RunGrade> GRADES =
      new Table<>(
          "grades",
          List.of(
              "run_id",
              "scenario",
              "version",
              "state",
              "letter",
              "best_letter",
              "worst_letter",
              "deciding",
              "confidence",
              "requests",
              "planned_requests",
              "letters",
              "figures",
              "missed_bounds",
              "lower",
              "upper",
              "reason"),
          (grade, row) ->
              row.text(grade.runId())
                  .text(grade.scenario())
                  .add(grade.version())
                  .text(grade.state().text())
                  .text(grade.letter())
                  .text(grade.bestLetter())
                  .text(grade.worstLetter())
                  .add(grade.deciding())
                  .add(grade.confidence())
                  .add(grade.requests())
                  .add(grade.plannedRequests())
                  .add(byMetric(grade, RunGrade.OfMetric::letter))
                  .add(byMetric(grade, RunGrade.OfMetric::figure))
                  .add(byMetric(grade, RunGrade.OfMetric::missedBound))
                  .add(byMetric(grade, RunGrade.OfMetric::lower))
                  .add(byMetric(grade, RunGrade.OfMetric::upper))
                  .text(grade.reason()));

  static final Table<DeadLetter> DEAD_LETTERS =
      new Table<>(
          "dead_letters",
          List.of(
              "topic",
              "partition",
              "offset",
              "version",
              "at",
              "code",
              "reason",
              "raw_base64",
              "raw_length"),
          (letter, row) ->
              row.text(letter.topic())
                  .add(letter.partition())
                  .add(letter.offset())
                  .add(letter.v())
                  .instant(letter.atUs())
                  .text(letter.code())
                  .text(letter.reason())
                  .text(Base64.getEncoder().encodeToString(letter.raw()))
                  .add(letter.rawLength()));

  private Tables() {}

  private static long plannedItems(RunPlan plan) {
    return plan.scenarios().stream()
        .mapToLong(s -> s.plannedItems() == null ? 0 : s.plannedItems())
        .sum();
  }

  private static Map<String, Long> sent(
      ProducerState state, ToLongFunction<ProducerState.SentCount> part) {
    Map<String, Long> sent = new HashMap<>();
    state.sent().forEach((topic, count) -> sent.put(topic, part.applyAsLong(count)));
    return sent;
  }

  private static <V> Map<String, V> byMetric(RunGrade grade, Function<RunGrade.OfMetric, V> part) {
    Map<String, V> parts = new HashMap<>();
    for (RunGrade.OfMetric metric : grade.metrics()) {
      V value = part.apply(metric);
      if (value != null) {
        parts.put(metric.metric(), value);
      }
    }
    return parts;
  }

  private static Map<Integer, Long> bins(MetricWindow window) {
    Map<Integer, Long> bins = new HashMap<>();
    for (int i = 0; i < window.binIndexes().length; i++) {
      bins.put(window.binIndexes()[i], window.binCounts()[i]);
    }
    return bins;
  }
}
