package io.evalstream.loadgenerator.measure;

import io.evalstream.loadgenerator.sse.EventScanner;

/**
 * A body that is no stream, up to 64 KiB of it. Reused from response to response. For one thread.
 */
final class PlainBody {

  private static final int MOST = 64 << 10;

  private final EventScanner scanner = new EventScanner();
  private byte[] bytes = new byte[0];
  private int length;

  void clear() {
    length = 0;
  }

  void add(byte[] more, int from, int to) {
    int added = Math.min(to - from, MOST - length);
    if (length + added > bytes.length) {
      byte[] larger = new byte[Math.max(length + added, bytes.length * 2)];
      System.arraycopy(bytes, 0, larger, 0, length);
      bytes = larger;
    }
    System.arraycopy(more, from, bytes, length, added);
    length += added;
  }

  /** Whether nothing more is kept. */
  boolean full() {
    return length == MOST;
  }

  /** Whether it is the report of an error. */
  boolean isError() {
    return scanner.scan(bytes, 0, length) && scanner.event().hasError();
  }

  /** What it says about an error; null when it says nothing. */
  String errorMessage() {
    return scanner.scan(bytes, 0, length) ? scanner.event().errorMessage() : null;
  }
}
