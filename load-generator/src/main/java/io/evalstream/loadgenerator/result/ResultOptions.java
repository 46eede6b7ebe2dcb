package io.evalstream.loadgenerator.result;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a result file says beside what was measured.
 *
 * @param percentileMetrics whose figures are written, of {@link #METRICS}
 * @param percentiles which, from 0 to 100
 * @param goodput what makes a request good; null to leave goodput out
 * @param detailed whether every request is listed
 * @param metadata fields that are put into the file as texts
 */
public record ResultOptions(
    List<String> percentileMetrics,
    List<BigDecimal> percentiles,
    Goodput goodput,
    boolean detailed,
    Map<String, String> metadata) {

  /** What there are figures of. */
  public static final List<String> METRICS = List.of("ttft", "tpot", "itl", "e2el");

  private static final BigDecimal MOST = BigDecimal.valueOf(100);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public ResultOptions {
    percentileMetrics = List.copyOf(percentileMetrics);
    percentiles = List.copyOf(percentiles);
    metadata = new LinkedHashMap<>(metadata);
    for (String metric : percentileMetrics) {
      if (!METRICS.contains(metric)) {
        throw new IllegalArgumentException(
            "percentile-metrics names '" + metric + "': use " + String.join(",", METRICS));
      }
    }
    for (BigDecimal percentile : percentiles) {
      if (percentile.signum() < 0 || percentile.compareTo(MOST) > 0) {
        throw new IllegalArgumentException(
            "metric-percentiles has " + percentile + ": give numbers from 0 to 100");
      }
    }
  }

  /**
   * Reads the lists as they stand on the command line, separated by commas.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public static ResultOptions parse(
      String percentileMetrics,
      String percentiles,
      Goodput goodput,
      boolean detailed,
      Map<String, String> metadata) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String text : percentiles.split(",", -1)) {
      try {
        numbers.add(new BigDecimal(text.strip()));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "metric-percentiles has '" + text.strip() + "': give numbers such as 50,95,99", e);
      }
    }
    List<String> metrics = new ArrayList<>();
    for (String text : percentileMetrics.split(",", -1)) {
      metrics.add(text.strip());
    }
    return new ResultOptions(metrics, numbers, goodput, detailed, metadata);
  }

  /** A percentile in a name: 99 and 99.0 are 99, 99.90 is 99.9. */
  public static String word(BigDecimal percentile) {
    return percentile.signum() == 0 ? "0" : percentile.stripTrailingZeros().toPlainString();
  }
}
