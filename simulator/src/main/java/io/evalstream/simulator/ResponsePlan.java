package io.evalstream.simulator;

/**
 * What one request will experience, fixed before its first byte.
 *
 * <p>Chunk {@code i} is due {@link #offsetNanos}{@code (i)} after the request got its slot and
 * carries the tokens from {@link #tokensBefore}{@code (i)} to {@code tokensBefore(i + 1)}. A chunk
 * never mixes reasoning and content. Immutable.
 */
final class ResponsePlan {
  /** Says that something does not happen. */
  static final int NEVER = -1;

  private final long[] offsetsNanos;
  private final int[] tokenBounds;
  private final int reasoningTokens;
  private final FinishReason finishReason;
  private final int cutBefore;
  private final int garbageBefore;

  ResponsePlan(
      long[] offsetsNanos,
      int[] tokenBounds,
      int reasoningTokens,
      FinishReason finishReason,
      int cutBefore,
      int garbageBefore) {
    this.offsetsNanos = offsetsNanos;
    this.tokenBounds = tokenBounds;
    this.reasoningTokens = reasoningTokens;
    this.finishReason = finishReason;
    this.cutBefore = cutBefore;
    this.garbageBefore = garbageBefore;
  }

  int chunks() {
    return offsetsNanos.length;
  }

  int tokens() {
    return tokenBounds[tokenBounds.length - 1];
  }

  /** Nanoseconds from the slot to chunk {@code chunk}; never decreasing. */
  long offsetNanos(int chunk) {
    return offsetsNanos[chunk];
  }

  int tokensBefore(int chunk) {
    return tokenBounds[chunk];
  }

  /** How many of the first tokens are reasoning. */
  int reasoningTokens() {
    return reasoningTokens;
  }

  FinishReason finishReason() {
    return finishReason;
  }

  /**
   * The chunk in whose place the connection is closed, 1 to {@link #chunks()} (there, in place of
   * the end of the stream), or {@link #NEVER}.
   */
  int cutBefore() {
    return cutBefore;
  }

  /** The chunk before which a malformed event goes, likewise. */
  int garbageBefore() {
    return garbageBefore;
  }

  /** When the connection is cut, or the answer is complete. */
  long endOffsetNanos() {
    return offsetsNanos[cutBefore == NEVER ? chunks() - 1 : Math.min(cutBefore, chunks() - 1)];
  }
}
