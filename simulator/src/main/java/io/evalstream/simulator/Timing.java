package io.evalstream.simulator;

import java.util.Objects;

/**
 * When the chunks of an answer leave.
 *
 * @param timeToFirstToken from the moment a request gets its slot to its first token, prefill aside
 * @param prefillNanosPerToken added to it for each prompt token, in nanoseconds
 * @param interTokenLatency between one chunk and the next
 * @param tokensPerChunk how many tokens a chunk carries
 */
public record Timing(
    LatencyDistribution timeToFirstToken,
    long prefillNanosPerToken,
    LatencyDistribution interTokenLatency,
    CountDistribution tokensPerChunk) {

  /** The most tokens one chunk may carry. */
  static final int MOST_TOKENS_PER_CHUNK = 4_096;

  public Timing {
    Objects.requireNonNull(timeToFirstToken, "time-to-first-token");
    Objects.requireNonNull(interTokenLatency, "inter-token-latency");
    Objects.requireNonNull(tokensPerChunk, "tokens-per-chunk");
    if (prefillNanosPerToken < 0) {
      throw new IllegalArgumentException(
          "prefill-time-per-token is negative; give 0 or a duration such as 20us");
    }
    if (tokensPerChunk.largest() > MOST_TOKENS_PER_CHUNK) {
      throw new IllegalArgumentException(
          "tokens-per-chunk \""
              + tokensPerChunk
              + "\" can exceed "
              + MOST_TOKENS_PER_CHUNK
              + "; choose a distribution with a smaller bound");
    }
  }
}
