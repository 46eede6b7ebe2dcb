package io.evalstream.loadgenerator.result;

import io.evalstream.loadgenerator.measure.RequestDetail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes a request a good one, as {@code --goodput} of {@code vllm bench serve}.
 *
 * @param limitsMs milliseconds by {@code ttft}, {@code tpot} and {@code e2el}; a request is good
 *     when it exceeds none
 */
public record Goodput(Map<String, Double> limitsMs) {

  private static final List<String> METRICS = List.of("ttft", "tpot", "e2el");
  private static final double US_PER_MS = 1000;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public Goodput {
    limitsMs = new LinkedHashMap<>(limitsMs);
    if (limitsMs.isEmpty()) {
      throw new IllegalArgumentException("goodput has no limit: give one such as ttft:500");
    }
    limitsMs.forEach(
        (metric, limit) -> {
          if (!METRICS.contains(metric)) {
            throw new IllegalArgumentException(
                "goodput names '" + metric + "': use " + String.join(", ", METRICS));
          }
          if (!(limit >= 0)) {
            throw new IllegalArgumentException(
                "goodput gives " + metric + " " + limit + ": give milliseconds from 0 on");
          }
        });
  }

  /**
   * Reads {@code ttft:500 tpot:50}, each apart or several in one text.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public static Goodput parse(List<String> texts) {
    Map<String, Double> limits = new LinkedHashMap<>();
    for (String pair : String.join(" ", texts).strip().split("[\\s,]+", -1)) {
      int colon = pair.indexOf(':');
      try {
        limits.put(pair.substring(0, colon), Double.parseDouble(pair.substring(colon + 1)));
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw new IllegalArgumentException(
            "goodput has '" + pair + "': give METRIC:MILLISECONDS such as ttft:500", e);
      }
    }
    return new Goodput(limits);
  }

  /** Good requests per second. */
  public double perSecond(List<RequestDetail> details, double seconds) {
    return seconds > 0 ? details.stream().filter(this::good).count() / seconds : 0;
  }

  /** Whether a request ended well and in time. */
  public boolean good(RequestDetail request) {
    return request.ok()
        && within("ttft", (double) request.ttftUs())
        && within("tpot", request.tpotUs())
        && within("e2el", (double) request.e2elUs());
  }

  private boolean within(String metric, double us) {
    Double limit = limitsMs.get(metric);
    return limit == null || us <= limit * US_PER_MS;
  }
}
