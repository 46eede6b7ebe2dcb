package io.evalstream.loadgenerator.measure;

import io.evalstream.loadgenerator.sse.Output;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The chunks of one response: when each came and how many tokens it held, in primitive arrays that
 * are reused from response to response. Instants are microseconds. For one thread.
 */
final class ChunkTimings {

  /** Stands for an instant that has not come, and a gap that there is not. */
  static final int ABSENT = -1;

  private int[] gapsUs = new int[512];
  private int[] tokens = new int[512];
  private int chunks;
  private int taken;
  private long firstUs;
  private long lastUs;
  private long tokenCount;
  private int maxGapUs;
  private long oldestPendingUs;
  private int coalescedGaps;
  private final Map<Output, Long> firstOutputUs = new EnumMap<>(Output.class);

  /** A part of the response that is ready to be published. */
  record Part(int chunkIndex, long atUs, int[] gapsUs, int[] tokens) {}

  void clear() {
    chunks = 0;
    taken = 0;
    tokenCount = 0;
    maxGapUs = 0;
    coalescedGaps = 0;
    firstOutputUs.clear();
  }

  /**
   * Adds a chunk; {@code atUs} never goes back.
   *
   * @param sameRead whether it came in the same read of the socket as the chunk before, so that the
   *     gap between them says nothing
   */
  void add(long atUs, int tokensInChunk, boolean sameRead) {
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
      if (sameRead) {
        coalescedGaps++;
      }
    }
    if (pending() == 0) {
      oldestPendingUs = atUs;
    }
    tokens[chunks] = tokensInChunk;
    tokenCount += tokensInChunk;
    lastUs = atUs;
    chunks++;
  }

  /** The chunk added last brings output of that kind. */
  void output(Output kind) {
    firstOutputUs.putIfAbsent(kind, lastUs);
  }

  /** When output of that kind came first; {@link #ABSENT} when none did. */
  long firstUs(Output kind) {
    return firstOutputUs.getOrDefault(kind, (long) ABSENT);
  }

  /** Whether any chunk brought output. */
  boolean hasOutput() {
    return !firstOutputUs.isEmpty();
  }

  /** Gaps that are 0 because both chunks came in one read. */
  int coalescedGaps() {
    return coalescedGaps;
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

  /** Takes chunks. */
  interface Chunks {

    /**
     * A chunk came; {@code gapUs} after the one before it, or {@link #ABSENT} if it is the first.
     */
    void chunk(long atUs, int gapUs);
  }

  /** Hands every chunk to {@code sink}. */
  void forEach(Chunks sink) {
    long atUs = firstUs;
    for (int i = 0; i < chunks; i++) {
      atUs += gapsUs[i];
      sink.chunk(atUs, i == 0 ? ABSENT : gapsUs[i]);
    }
  }

  /**
   * Hands the time of every token but those of the first chunk with tokens to {@code samples}: a
   * chunk of k tokens gives the time since the chunk with tokens before it, divided by k, k times.
   * The time of a chunk without tokens goes to the tokens that come after it.
   */
  void tokensTo(Samples samples) {
    boolean begun = false;
    double sinceTokens = 0;
    for (int i = 0; i < chunks; i++) {
      sinceTokens += gapsUs[i];
      int count = tokens[i];
      if (count == 0) {
        continue;
      }
      if (begun) {
        samples.add(sinceTokens / count, count);
      }
      begun = true;
      sinceTokens = 0;
    }
  }
}
