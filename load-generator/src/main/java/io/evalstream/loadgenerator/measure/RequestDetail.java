package io.evalstream.loadgenerator.measure;

/**
 * How one request went.
 *
 * @param index position in the plan
 * @param sentUs when it was sent, microseconds since the epoch; when it ought to have been if it
 *     never was
 * @param ttftUs first chunk, from {@code sentUs}; 0 without one
 * @param gapsUs between consecutive chunks
 * @param inputTokens of the prompt
 * @param outputTokens of the answer
 * @param error why it failed, in one sentence; null when it ended well
 */
public record RequestDetail(
    long index,
    long sentUs,
    long ttftUs,
    int[] gapsUs,
    long inputTokens,
    long outputTokens,
    String error) {

  /** Whether it ended well. */
  public boolean ok() {
    return error == null;
  }

  /** Last chunk, from when it was sent. */
  public long e2elUs() {
    long sum = ttftUs;
    for (int gap : gapsUs) {
      sum += gap;
    }
    return sum;
  }

  /** (E2EL − TTFT) / (output tokens − 1); 0 of an answer of one token, as vLLM counts it. */
  public double tpotUs() {
    return outputTokens > 1 ? (double) (e2elUs() - ttftUs) / (outputTokens - 1) : 0;
  }
}
