package io.evalstream.statistics.blocks;

/**
 * When one request of a block came and went. Instants are microseconds of any one clock.
 *
 * @param arrivedUs when the plan wanted it sent
 * @param sentUs when it was sent
 * @param firstTokenUs when its first token came; anything when not {@code ok}
 * @param endedUs when its last token came, or when it failed
 * @param outputTokens tokens of the answer
 * @param ok whether it ended well
 * @param warmUp whether it only brings the server to its working state, and counts nowhere
 */
public record RequestTiming(
    long arrivedUs,
    long sentUs,
    long firstTokenUs,
    long endedUs,
    long outputTokens,
    boolean ok,
    boolean warmUp) {

  double ttftUs() {
    return firstTokenUs - sentUs;
  }

  double e2elUs() {
    return endedUs - sentUs;
  }

  double tpotUs() {
    return (double) (endedUs - firstTokenUs) / (outputTokens - 1);
  }
}
