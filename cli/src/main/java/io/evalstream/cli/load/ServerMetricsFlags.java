package io.evalstream.cli.load;

import io.evalstream.loadgenerator.servermetrics.ServerMetricsOptions;
import picocli.CommandLine.Option;

/** Whether to ask the server how it is, and where. */
final class ServerMetricsFlags {

  @Option(
      names = "--server-metrics",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Ask the server every second how it is, where it has vLLM's /metrics; the default.")
  private boolean enabled;

  @Option(
      names = "--server-metrics-url",
      paramLabel = "URL",
      description = "Where vLLM's metrics are; /metrics of the server when left out.")
  private String vllm;

  @Option(
      names = "--dcgm-url",
      paramLabel = "URL",
      description = "Where NVIDIA's DCGM exporter tells what the server's GPUs do and draw.")
  private String dcgm;

  ServerMetricsOptions options() {
    if (!enabled && (vllm != null || dcgm != null)) {
      throw new IllegalArgumentException(
          (vllm == null ? "--dcgm-url" : "--server-metrics-url")
              + " is given with --no-server-metrics: leave out one of them");
    }
    return enabled
        ? new ServerMetricsOptions(
            true,
            page("--server-metrics-url", vllm),
            page("--dcgm-url", dcgm),
            ServerMetricsOptions.DEFAULT.interval())
        : ServerMetricsOptions.NONE;
  }

  private static ServerMetricsOptions.Page page(String flag, String url) {
    if (url == null) {
      return null;
    }
    try {
      return ServerMetricsOptions.Page.parse(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(flag + ": " + e.getMessage(), e);
    }
  }
}
