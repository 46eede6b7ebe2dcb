package io.evalstream.loadgenerator.measure;

import java.util.Arrays;

/**
 * The chunks of one response: when each came and how many tokens it held, in primitive arrays that
 * are reused from response to response. Instants are microseconds. For one thread.
 */
final class ChunkTimings {

  private int[] gapsUs = new int[512];
  private int[] tokens = new int[512];
  private int chunks;
  private int taken;
  private long firstUs;
  private long lastUs;
  private long tokenCount;
  private int maxGapUs;
  private long oldestPendingUs;

  /** A part of the response that is ready to be published. */
  record Part(int chunkIndex, long atUs, int[] gapsUs, int[] tokens) {}

  void clear() {
    chunks = 0;
    taken = 0;
    tokenCount = 0;
    maxGapUs = 0;
  }

  /** Adds a chunk; {@code atUs} never goes back. */
  void add(long atUs, int tokensInChunk) {
    if (chunks == gapsUs.length) {
      gapsUs = Arrays.copyOf(gapsUs, chunks * 2);
      tokens = Arrays.copyOf(tokens, chunks * 2);
    }
    if (chunks == 0) {
      firstUs = atUs;
      gapsUs[0] = 0;
    } else {
      int gap = (int) Math.min(atUs - lastUs, Integer.MAX_VALUE);
      gapsUs[chunks] = gap;
      maxGapUs = Math.max(maxGapUs, gap);
    }
    if (pending() == 0) {
      oldestPendingUs = atUs;
    }
    tokens[chunks] = tokensInChunk;
    tokenCount += tokensInChunk;
    lastUs = atUs;
    chunks++;
  }

  int chunks() {
    return chunks;
  }

  long tokenCount() {
    return tokenCount;
  }

  long firstUs() {
    return firstUs;
  }

  long lastUs() {
    return lastUs;
  }

  int maxGapUs() {
    return maxGapUs;
  }

  /** Chunks that were not taken yet. */
  int pending() {
    return chunks - taken;
  }

  /** When the first of them came. */
  long oldestPendingUs() {
    return oldestPendingUs;
  }

  /** Takes the pending chunks, of which there is at least one. */
  Part take() {
    int from = taken;
    taken = chunks;
    boolean allOne = true;
    for (int i = from; i < chunks; i++) {
      allOne &= tokens[i] == 1;
    }
    return new Part(
        from,
        lastUs,
        Arrays.copyOfRange(gapsUs, Math.max(from, 1), chunks),
        allOne ? null : Arrays.copyOfRange(tokens, from, chunks));
  }

  /** Every gap between consecutive chunks. */
  int[] gaps() {
    return Arrays.copyOfRange(gapsUs, Math.min(1, chunks), chunks);
  }

  /** Hands every gap between consecutive chunks to {@code samples}. */
  void gapsTo(Samples samples) {
    for (int i = 1; i < chunks; i++) {
      samples.add(gapsUs[i]);
    }
  }
}
