package io.evalstream.loadgenerator.measure;

import java.util.Arrays;

/**
 * When each request was sent and ended, and how many tokens it brought, in primitive arrays.
 * Instants are microseconds. Not safe for many threads.
 */
final class RequestTimes {

  private static final long FAILED = -1;

  private long[] sentUs = new long[256];
  private long[] firstUs = new long[256];
  private long[] endedUs = new long[256];
  private long[] tokens = new long[256];
  private int count;

  /** A request that failed after it was sent. */
  void failed(long sent, long ended) {
    add(sent, 0, ended, FAILED);
  }

  /** A request that ended well. */
  void succeeded(long sent, long first, long last, long generated) {
    add(sent, first, last, generated);
  }

  int count() {
    return count;
  }

  boolean ok(int request) {
    return tokens[request] != FAILED;
  }

  long sentUs(int request) {
    return sentUs[request];
  }

  long firstUs(int request) {
    return firstUs[request];
  }

  long endedUs(int request) {
    return endedUs[request];
  }

  /** Of one that ended well. */
  long tokens(int request) {
    return tokens[request];
  }

  /** Most successful requests in flight; one that ends as another begins makes room. */
  int mostAtOnce() {
    long[] starts = new long[count];
    long[] ends = new long[count];
    int successful = 0;
    for (int i = 0; i < count; i++) {
      if (ok(i)) {
        starts[successful] = sentUs[i];
        ends[successful++] = endedUs[i];
      }
    }
    Arrays.sort(starts, 0, successful);
    Arrays.sort(ends, 0, successful);
    int most = 0;
    int ended = 0;
    for (int started = 0; started < successful; started++) {
      while (ends[ended] <= starts[started]) {
        ended++;
      }
      most = Math.max(most, started + 1 - ended);
    }
    return most;
  }

  private void add(long sent, long first, long ended, long generated) {
    if (count == sentUs.length) {
      int size = count * 2;
      sentUs = Arrays.copyOf(sentUs, size);
      firstUs = Arrays.copyOf(firstUs, size);
      endedUs = Arrays.copyOf(endedUs, size);
      tokens = Arrays.copyOf(tokens, size);
    }
    sentUs[count] = sent;
    firstUs[count] = first;
    endedUs[count] = ended;
    tokens[count] = generated;
    count++;
  }
}
