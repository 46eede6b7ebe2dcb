package io.evalstream.loadgenerator.servermetrics;

import io.evalstream.events.Event;
import io.evalstream.events.ServerMetrics;
import java.util.OptionalDouble;

/**
 * From pages of metrics to a record, by the names of vllm/v1/metrics/loggers.py and of NVIDIA's
 * DCGM exporter. Counts are added up over engines and GPUs, shares averaged.
 */
final class ServerMetricsPages {

  private static final double US_PER_SECOND = 1e6;
  private static final double PERCENT = 100;

  private ServerMetricsPages() {}

  /** Whether the page is one of vLLM. */
  static boolean isVllm(PrometheusText page) {
    return page.sum("vllm:num_requests_running").isPresent();
  }

  /** The record; {@code dcgm} null when there is no such page. */
  static ServerMetrics record(
      String runId,
      String producerId,
      long sequence,
      long atUs,
      String endpoint,
      PrometheusText vllm,
      PrometheusText dcgm) {
    OptionalDouble cache = vllm.mean("vllm:kv_cache_usage_perc");
    if (cache.isEmpty()) {
      // the name before vLLM 0.10
      cache = vllm.mean("vllm:gpu_cache_usage_perc");
    }
    return new ServerMetrics(
        Event.SCHEMA_VERSION,
        runId,
        producerId,
        sequence,
        atUs,
        endpoint,
        count(vllm.sum("vllm:num_requests_running"), 1),
        count(vllm.sum("vllm:num_requests_waiting"), 1),
        share(cache, 1),
        count(vllm.sum("vllm:prompt_tokens_total"), 1),
        count(vllm.sum("vllm:generation_tokens_total"), 1),
        count(vllm.sum("vllm:num_preemptions_total"), 1),
        count(vllm.sum("vllm:request_queue_time_seconds_sum"), US_PER_SECOND),
        count(vllm.sum("vllm:request_queue_time_seconds_count"), 1),
        count(vllm.sum("vllm:request_prefill_time_seconds_sum"), US_PER_SECOND),
        count(vllm.sum("vllm:request_prefill_time_seconds_count"), 1),
        count(vllm.sum("vllm:request_decode_time_seconds_sum"), US_PER_SECOND),
        count(vllm.sum("vllm:request_decode_time_seconds_count"), 1),
        count(vllm.sum("vllm:spec_decode_num_accepted_tokens_total"), 1),
        count(vllm.sum("vllm:spec_decode_num_draft_tokens_total"), 1),
        dcgm == null ? null : share(dcgm.mean("DCGM_FI_DEV_GPU_UTIL"), PERCENT),
        dcgm == null ? null : measure(dcgm.sum("DCGM_FI_DEV_POWER_USAGE")));
  }

  private static Long count(OptionalDouble value, double unit) {
    return value.isEmpty()
        ? null
        : Long.valueOf(Math.max(0, Math.round(value.getAsDouble() * unit)));
  }

  private static Double share(OptionalDouble value, double whole) {
    return value.isEmpty()
        ? null
        : Double.valueOf(Math.max(0, Math.min(1, value.getAsDouble() / whole)));
  }

  private static Double measure(OptionalDouble value) {
    return value.isEmpty() ? null : Double.valueOf(Math.max(0, value.getAsDouble()));
  }
}
