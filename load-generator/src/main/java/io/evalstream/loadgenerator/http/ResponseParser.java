package io.evalstream.loadgenerator.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * An incremental parser of HTTP/1.1 responses (RFC 9112): lengths, chunked bodies, bodies that end
 * with the connection; interim responses are passed over. Of the headers only those are read that a
 * client of streamed completions needs. Nothing is allocated per chunk. For one thread.
 */
final class ResponseParser {

  /** Told of the response as it is parsed. */
  interface Sink {
    void head(int status, boolean json);

    void body(byte[] bytes, int from, int to);
  }

  private enum State {
    STATUS,
    HEADER,
    BODY_FIXED,
    BODY_UNTIL_CLOSE,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILER,
    COMPLETE,
    MALFORMED
  }

  private static final int MAX_LINE = 64 << 10;
  private static final int MAX_HEADERS = 1000;

  private State state = State.STATUS;
  private byte[] partial = new byte[256];
  private int partialLength;
  private int headers;
  private int status;
  private boolean keepAlive;
  private boolean chunked;
  private boolean json;
  private long contentLength;
  private long remaining;
  private String problem;

  /** Makes it ready for the next response of the connection. */
  void reset() {
    state = State.STATUS;
    partialLength = 0;
    problem = null;
  }

  /** Whether no byte of the response has come. */
  boolean untouched() {
    return state == State.STATUS && partialLength == 0;
  }

  boolean complete() {
    return state == State.COMPLETE;
  }

  boolean keepAlive() {
    return keepAlive;
  }

  /** What is wrong with the response; null when nothing is. */
  String problem() {
    return problem;
  }

  /** Tells the parser that the connection has ended; the response may be complete by that. */
  void closed() {
    if (state == State.BODY_UNTIL_CLOSE) {
      state = State.COMPLETE;
    }
  }

  /**
   * Parses the next bytes, up to the end of the response.
   *
   * @return the index of the first byte that does not belong to the response
   */
  int feed(byte[] bytes, int from, int to, Sink sink) {
    int position = from;
    while (position < to && state != State.COMPLETE && state != State.MALFORMED) {
      switch (state) {
        case BODY_FIXED, CHUNK_DATA -> {
          int length = (int) Math.min(remaining, to - position);
          remaining -= length;
          if (remaining == 0) {
            state = state == State.CHUNK_DATA ? State.CHUNK_END : State.COMPLETE;
          }
          sink.body(bytes, position, position + length);
          position += length;
        }
        case BODY_UNTIL_CLOSE -> {
          sink.body(bytes, position, to);
          position = to;
        }
        default -> position = takeLine(bytes, position, to, sink);
      }
    }
    return position;
  }

  /** Takes bytes up to the end of the line; when it is there, the line is read. */
  private int takeLine(byte[] bytes, int from, int to, Sink sink) {
    int end = from;
    while (end < to && bytes[end] != '\n') {
      end++;
    }
    if (partialLength == 0 && end < to) {
      readLine(bytes, from, end > from && bytes[end - 1] == '\r' ? end - 1 : end, sink);
      return end + 1;
    }
    int length = partialLength + end - from;
    if (length > MAX_LINE) {
      malformed("a line of its head is longer than 64 KiB");
      return to;
    }
    if (length > partial.length) {
      partial = Arrays.copyOf(partial, Math.max(length, partial.length * 2));
    }
    System.arraycopy(bytes, from, partial, partialLength, end - from);
    partialLength = length;
    if (end == to) {
      return to;
    }
    partialLength = 0;
    readLine(partial, 0, length > 0 && partial[length - 1] == '\r' ? length - 1 : length, sink);
    return end + 1;
  }

  private void readLine(byte[] bytes, int from, int to, Sink sink) {
    switch (state) {
      case STATUS -> statusLine(text(bytes, from, to));
      case HEADER -> {
        if (from == to) {
          headEnd(sink);
        } else if (++headers > MAX_HEADERS) {
          malformed("its head has more than " + MAX_HEADERS + " lines");
        } else {
          header(text(bytes, from, to));
        }
      }
      case CHUNK_SIZE -> chunkSize(bytes, from, to);
      case CHUNK_END -> {
        if (from == to) {
          state = State.CHUNK_SIZE;
        } else {
          malformed("a chunk is longer than it says");
        }
      }
      case TRAILER -> {
        if (from == to) {
          state = State.COMPLETE;
        } else if (++headers > MAX_HEADERS) {
          malformed("it ends with more than " + MAX_HEADERS + " lines of headers");
        }
      }
      default -> throw new IllegalStateException("no line is expected in " + state);
    }
  }

  private void statusLine(String line) {
    boolean shaped =
        line.length() >= 12
            && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
            && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9')
            && (line.length() == 12 || line.charAt(12) == ' ');
    int code = shaped ? Integer.parseInt(line, 9, 12, 10) : 0;
    if (code < 100 || code > 599) {
      malformed("it does not begin as HTTP/1.1 does");
      return;
    }
    status = code;
    keepAlive = line.charAt(7) == '1';
    chunked = false;
    json = false;
    contentLength = -1;
    headers = 0;
    state = State.HEADER;
  }

  private void header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      malformed("a line of its head has no name");
      return;
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
    switch (name) {
      case "content-length" -> contentLength(value);
      case "transfer-encoding" -> {
        chunked = value.equals("chunked");
        if (!chunked) {
          malformed("its transfer encoding is not supported");
        }
      }
      case "content-encoding" -> {
        if (!value.equals("identity")) {
          malformed("it is compressed, which was not asked for");
        }
      }
      case "connection" -> {
        if (value.contains("close")) {
          keepAlive = false;
        } else if (value.contains("keep-alive")) {
          keepAlive = true;
        }
      }
      case "content-type" -> json = value.startsWith("application/json");
      default -> {
        // of no interest
      }
    }
  }

  private void contentLength(String value) {
    if (value.isEmpty()
        || value.length() > 18
        || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      malformed("its Content-Length is no number");
      return;
    }
    contentLength = Long.parseLong(value);
  }

  private void headEnd(Sink sink) {
    if (status < 200) {
      if (status == 101) {
        malformed("it switches to another protocol");
      } else {
        state = State.STATUS;
      }
      return;
    }
    if (status == 204 || status == 304) {
      state = State.COMPLETE;
    } else if (chunked) {
      state = State.CHUNK_SIZE;
    } else if (contentLength >= 0) {
      remaining = contentLength;
      state = contentLength == 0 ? State.COMPLETE : State.BODY_FIXED;
    } else {
      keepAlive = false;
      state = State.BODY_UNTIL_CLOSE;
    }
    sink.head(status, json);
  }

  private void chunkSize(byte[] bytes, int from, int to) {
    long size = 0;
    int position = from;
    while (position < to) {
      int digit = Character.digit(bytes[position], 16);
      if (digit < 0) {
        break;
      }
      size = size << 4 | digit;
      position++;
    }
    int digits = position - from;
    boolean extended = position < to && bytes[position] != ';' && bytes[position] != ' ';
    if (digits == 0 || digits > 15 || extended) {
      malformed("a chunk does not begin with its length");
      return;
    }
    remaining = size;
    state = size == 0 ? State.TRAILER : State.CHUNK_DATA;
  }

  private void malformed(String what) {
    state = State.MALFORMED;
    problem = what;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
