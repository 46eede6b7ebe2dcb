package io.evalstream.statistics.grade;

import java.util.Arrays;
import java.util.Optional;

/**
 * What bounds can be set for. The names are those of the fields of vLLM's result files, where there
 * is such a field.
 */
public enum GradedMetric {
  /** Requests that ended well, of those that ended, in percent. */
  SUCCESS_RATE("success_rate_percent", Unit.PERCENT, true),
  /** Requests that ended well, per second. */
  REQUEST_THROUGHPUT("request_throughput", Unit.PER_SECOND, true),
  /** Generated tokens of requests that ended well, per second. */
  OUTPUT_THROUGHPUT("output_throughput", Unit.PER_SECOND, true),
  /** Time to first token, from when the request was sent. */
  MEAN_TTFT("mean_ttft_ms"),
  MEDIAN_TTFT("median_ttft_ms"),
  P95_TTFT("p95_ttft_ms"),
  P99_TTFT("p99_ttft_ms"),
  /** Time per output token after the first, of each request. */
  MEAN_TPOT("mean_tpot_ms"),
  MEDIAN_TPOT("median_tpot_ms"),
  P95_TPOT("p95_tpot_ms"),
  P99_TPOT("p99_tpot_ms"),
  /** Time between consecutive chunks. */
  MEAN_ITL("mean_itl_ms"),
  MEDIAN_ITL("median_itl_ms"),
  P95_ITL("p95_itl_ms"),
  P99_ITL("p99_itl_ms"),
  /** Time to the last token, from when the request was sent. */
  MEAN_E2EL("mean_e2el_ms"),
  MEDIAN_E2EL("median_e2el_ms"),
  P95_E2EL("p95_e2el_ms"),
  P99_E2EL("p99_e2el_ms");

  /** What a figure counts in. */
  public enum Unit {
    PERCENT,
    PER_SECOND,
    MILLISECONDS
  }

  private final String text;
  private final Unit unit;
  private final boolean moreIsBetter;

  GradedMetric(String text) {
    this(text, Unit.MILLISECONDS, false);
  }

  GradedMetric(String text, Unit unit, boolean moreIsBetter) {
    this.text = text;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  /** Its name in files. */
  public String text() {
    return text;
  }

  /** What its figures count in. */
  public Unit unit() {
    return unit;
  }

  /** Whether a bound is the least that a letter needs; if not it is the most. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** Whether a figure keeps a bound; one that is equal to it does. */
  public boolean keeps(double figure, double bound) {
    return moreIsBetter ? figure >= bound : figure <= bound;
  }

  /** The metric of a name. */
  public static Optional<GradedMetric> named(String text) {
    return Arrays.stream(values()).filter(metric -> metric.text.equals(text)).findFirst();
  }
}
