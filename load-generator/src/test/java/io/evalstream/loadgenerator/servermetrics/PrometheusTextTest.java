package io.evalstream.loadgenerator.servermetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.events.ServerMetrics;
import io.evalstream.loadgenerator.http.Origin;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

  private static final String VLLM =
      """
      # HELP vllm:num_requests_running Number of requests in model execution batches.
      # TYPE vllm:num_requests_running gauge
      vllm:num_requests_running{engine="0",model_name="a}\\"b"} 3.0
      vllm:num_requests_running{engine="1",model_name="m"} 4.0 1700000000000
      vllm:num_requests_waiting{engine="0"} 1.0
      vllm:kv_cache_usage_perc{engine="0"} 0.25
      vllm:kv_cache_usage_perc{engine="1"} 0.75
      vllm:generation_tokens_total{engine="0"} 1.2345e+04
      vllm:request_queue_time_seconds_bucket{engine="0",le="+Inf"} 9.0
      vllm:request_queue_time_seconds_sum{engine="0"} 1.5
      vllm:request_queue_time_seconds_count{engine="0"} 9.0
      vllm:prompt_tokens_total{engine="0"} NaN
      """;

  private static final String DCGM =
      """
      DCGM_FI_DEV_GPU_UTIL{gpu="0"} 90
      DCGM_FI_DEV_GPU_UTIL{gpu="1"} 50
      DCGM_FI_DEV_POWER_USAGE{gpu="0"} 310.5
      DCGM_FI_DEV_POWER_USAGE{gpu="1"} 300
      """;

  @Test
  void enginesAndGpusAreAddedUpOrAveraged() {
    ServerMetrics metrics = record(VLLM, PrometheusText.parse(DCGM));

    assertThat(metrics.running()).isEqualTo(7);
    assertThat(metrics.waiting()).isEqualTo(1);
    assertThat(metrics.kvCacheUsage()).isEqualTo(0.5);
    assertThat(metrics.generationTokensTotal()).isEqualTo(12_345);
    assertThat(metrics.queueTimeUs()).isEqualTo(1_500_000);
    assertThat(metrics.queueTimeCount()).isEqualTo(9);
    assertThat(metrics.gpuUtilisation()).isEqualTo(0.7);
    assertThat(metrics.gpuPowerWatts()).isEqualTo(610.5);
  }

  @Test
  void whatIsNotToldIsNull() {
    ServerMetrics metrics = record(VLLM, null);

    assertThat(metrics.promptTokensTotal()).isNull();
    assertThat(metrics.preemptionsTotal()).isNull();
    assertThat(metrics.specDecodeDraftTokens()).isNull();
    assertThat(metrics.gpuPowerWatts()).isNull();
  }

  @Test
  void theOldNameOfTheCacheIsKnown() {
    assertThat(record("vllm:gpu_cache_usage_perc 0.5\n", null).kvCacheUsage()).isEqualTo(0.5);
  }

  @Property
  void anyTextIsTaken(@ForAll String text) {
    assertThatCode(() -> PrometheusText.parse(text + "\na{b=\"" + text)).doesNotThrowAnyException();
  }

  @Test
  void thePathOfAPageIsItsOwn() {
    assertThat(ServerMetricsOptions.Page.parse("http://gpu:9400"))
        .isEqualTo(new ServerMetricsOptions.Page(Origin.parse("http://gpu:9400"), "/metrics"));
    assertThat(ServerMetricsOptions.Page.parse("http://gpu:9400/a/b?c=d").path())
        .isEqualTo("/a/b?c=d");
    assertThatThrownBy(() -> ServerMetricsOptions.Page.parse("gpu:9400"))
        .hasMessageContaining("http://host:port/metrics");
  }

  private static ServerMetrics record(String vllm, PrometheusText dcgm) {
    return ServerMetricsPages.record(
        "20260131-a", "p", 0, 1, "http://h:1", PrometheusText.parse(vllm), dcgm);
  }
}
