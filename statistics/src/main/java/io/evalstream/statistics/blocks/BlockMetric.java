package io.evalstream.statistics.blocks;

/** What a block says as a whole. Every value is above 0, and the smaller is the better. */
public enum BlockMetric {
  /** The geometric mean of E2EL, milliseconds: the mean of its logarithm, made readable. */
  E2EL_GEOMETRIC_MEAN("e2el_geometric_mean"),
  /** The 95th percentile of TTFT, milliseconds, by linear interpolation. */
  TTFT_P95("ttft_p95"),
  /** The 95th percentile of E2EL, milliseconds, by linear interpolation. */
  E2EL_P95("e2el_p95"),
  /** The mean of TPOT, milliseconds, of requests with more than one token. */
  TPOT_MEAN("tpot_mean"),
  /**
   * 1 / throughput: seconds for one request, from when the first was sent to when the last ended.
   */
  SECONDS_PER_REQUEST("seconds_per_request");

  private final String text;

  BlockMetric(String text) {
    this.text = text;
  }

  /** Its name in results and tables. */
  public String text() {
    return text;
  }
}
