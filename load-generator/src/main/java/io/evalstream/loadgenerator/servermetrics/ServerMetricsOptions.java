package io.evalstream.loadgenerator.servermetrics;

import io.evalstream.loadgenerator.http.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Whether to ask the server how it is, and where.
 *
 * @param enabled whether to ask at all
 * @param vllm where vLLM's metrics are; null for {@code /metrics} of the server under load
 * @param dcgm where the metrics of NVIDIA's DCGM exporter are; null for nowhere
 * @param interval how often to ask
 */
public record ServerMetricsOptions(boolean enabled, Page vllm, Page dcgm, Duration interval) {

  /** Not at all. */
  public static final ServerMetricsOptions NONE =
      new ServerMetricsOptions(false, null, null, Duration.ofSeconds(1));

  /** The server itself, every second. */
  public static final ServerMetricsOptions DEFAULT =
      new ServerMetricsOptions(true, null, null, Duration.ofSeconds(1));

  /**
   * A page of metrics.
   *
   * @param path with its slash
   */
  public record Page(Origin origin, String path) {

    /**
     * Reads {@code http://host:port[/path]}; without a path it is {@code /metrics}.
     *
     * @throws IllegalArgumentException saying what is wrong and what to write
     */
    public static Page parse(String url) {
      try {
        URI uri = new URI(url);
        String path = uri.getRawPath();
        boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null;
        if (plain && uri.getRawFragment() == null) {
          String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
          String whole = path == null || path.isEmpty() || path.equals("/") ? "/metrics" : path;
          return new Page(
              Origin.parse(uri.getScheme() + "://" + uri.getRawAuthority()), whole + query);
        }
      } catch (URISyntaxException e) {
        // told below
      }
      throw new IllegalArgumentException(
          "the address of a page of metrics is none: write it as http://host:port/metrics");
    }
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public ServerMetricsOptions {
    if (interval == null || interval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "the interval of server metrics is " + interval + ": give 10 ms or more");
    }
  }
}
