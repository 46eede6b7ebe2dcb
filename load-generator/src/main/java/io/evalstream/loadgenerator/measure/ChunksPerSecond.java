package io.evalstream.loadgenerator.measure;

import java.util.Arrays;

/**
 * Chunks in each second since the first request was sent. Instants are microseconds. Not safe for
 * many threads.
 */
final class ChunksPerSecond {

  private static final long US_PER_SECOND = 1_000_000;

  private long[] seconds = new long[64];
  private long firstSentUs = Long.MAX_VALUE;

  /** A request was sent; the first is sent before any chunk comes. */
  void sent(long atUs) {
    firstSentUs = Math.min(firstSentUs, atUs);
  }

  void add(long atUs) {
    int second = (int) ((atUs - firstSentUs) / US_PER_SECOND);
    if (second >= seconds.length) {
      seconds = Arrays.copyOf(seconds, Math.max(second + 1, seconds.length * 2));
    }
    seconds[second]++;
  }

  /** Those of the second that had most. */
  long most() {
    return Arrays.stream(seconds).max().orElse(0);
  }
}
