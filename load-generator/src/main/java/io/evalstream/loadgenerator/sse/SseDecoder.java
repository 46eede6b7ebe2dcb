package io.evalstream.loadgenerator.sse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes the server-sent events of one streamed completion from the bytes of its body, however
 * they were split into reads. Instances are reused through {@link #reset}. For one thread.
 *
 * <p>Lines end with LF or CRLF. Every {@code data:} line is an event of its own and is told as soon
 * as its line ends, without waiting for the blank line: servers of the OpenAI API write one line
 * per event (vllm/benchmarks/lib/endpoint_request_func.py tells it before the blank line, too).
 * Comments and other fields ({@code event:}, {@code id:}, {@code retry:}) are passed over. After
 * {@code [DONE]} nothing is told any more.
 */
public final class SseDecoder {

  /** Told of events as they are decoded. */
  @FunctionalInterface
  public interface Listener {

    /** An event that is well-formed JSON; {@code event} is valid during the call only. */
    void event(StreamEvent event);
  }

  /** Where the decoder stands. */
  public enum State {
    /** More is expected. */
    OPEN,
    /** {@code [DONE]} was read. */
    DONE,
    /** Something was read that is no event; everything after it was passed over. */
    MALFORMED,
    /** A line is longer than 4 MiB; everything after it was passed over. */
    TOO_LONG
  }

  private static final int MAX_LINE = 4 << 20;
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private final Listener listener;
  private final EventScanner scanner = new EventScanner();
  private byte[] partial = new byte[1024];
  private int partialLength;
  private State state = State.OPEN;
  private boolean trailing;

  /** A decoder that tells {@code listener} of the events. */
  public SseDecoder(Listener listener) {
    this.listener = listener;
  }

  /** Makes it ready for another body. */
  public void reset() {
    partialLength = 0;
    state = State.OPEN;
    trailing = false;
  }

  /** Where it stands after everything fed so far. */
  public State state() {
    return state;
  }

  /** Whether an event came after {@code [DONE]}. */
  public boolean trailing() {
    return trailing;
  }

  /** Decodes the next bytes of the body. */
  public void feed(byte[] bytes, int from, int to) {
    int lineFrom = from;
    for (int i = Bytes.lineFeed(bytes, from, to); i < to; i = Bytes.lineFeed(bytes, i + 1, to)) {
      if (partialLength == 0) {
        line(bytes, lineFrom, i);
      } else {
        keep(bytes, lineFrom, i);
        int length = partialLength;
        partialLength = 0;
        line(partial, 0, length);
      }
      lineFrom = i + 1;
    }
    keep(bytes, lineFrom, to);
  }

  /** The body has ended: its last line counts even without an end of line. */
  public void end() {
    int length = partialLength;
    partialLength = 0;
    line(partial, 0, length);
  }

  private boolean broken() {
    return state == State.MALFORMED || state == State.TOO_LONG;
  }

  private void keep(byte[] bytes, int from, int to) {
    if (broken()) {
      return;
    }
    int length = partialLength + to - from;
    if (length > MAX_LINE) {
      trailing = true;
      state = state == State.DONE ? State.DONE : State.TOO_LONG;
      partialLength = 0;
      return;
    }
    if (length > partial.length) {
      partial = Arrays.copyOf(partial, Math.max(length, partial.length * 2));
    }
    System.arraycopy(bytes, from, partial, partialLength, to - from);
    partialLength = length;
  }

  private void line(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    if (broken() || !startsWith(bytes, from, end, DATA)) {
      return;
    }
    int value = from + DATA.length;
    while (value < end && bytes[value] == ' ') {
      value++;
    }
    if (value == end) {
      return;
    }
    if (state == State.DONE) {
      trailing = true;
    } else if (isDone(bytes, value, end)) {
      state = State.DONE;
    } else if (scanner.scan(bytes, value, end)) {
      listener.event(scanner.event());
    } else {
      state = State.MALFORMED;
    }
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == ' ') {
      end--;
    }
    return end - from == DONE.length && startsWith(bytes, from, end, DONE);
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
    if (to - from < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[from + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
