package io.evalstream.loadgenerator.sse;

import java.nio.charset.StandardCharsets;

/**
 * A strict forward-only reader of JSON (RFC 8259) over a byte array. Each method that reads answers
 * whether the text was well-formed up to there; none throws. For one thread.
 */
final class JsonCursor {

  private static final int MAX_DEPTH = 256;

  private byte[] bytes = new byte[0];
  private int position;
  private int end;

  /** Of the string read last: where its content begins and ends, and whether it has escapes. */
  private int stringFrom;

  private int stringTo;
  private boolean stringEscaped;

  void reset(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    position = from;
    end = to;
  }

  /** Skips white space; the byte that follows, or -1 at the end. */
  int peek() {
    while (position < end) {
      byte b = bytes[position];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      position++;
    }
    return -1;
  }

  /** Takes the byte that follows white space if it is the wanted one. */
  boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  /** Reads a string, whose content the {@code string…} methods then tell of. */
  boolean string() {
    if (!take('"')) {
      return false;
    }
    stringFrom = position;
    stringEscaped = false;
    position = Bytes.endOfPlain(bytes, position, end);
    while (position < end) {
      byte b = bytes[position++];
      if (b == '"') {
        stringTo = position - 1;
        return true;
      }
      if (b == '\\') {
        stringEscaped = true;
        if (!escape()) {
          return false;
        }
      } else if (b >= 0) {
        if (b < ' ') {
          return false;
        }
      } else if (!continuation(b)) {
        return false;
      }
    }
    return false;
  }

  /** Hands the content of the string read last to {@code event}, escapes as they are. */
  void stringTo(StreamEvent event) {
    event.bringText(bytes, stringFrom, stringTo);
  }

  boolean stringIsEmpty() {
    return stringFrom == stringTo;
  }

  /** Whether the string read last has exactly this content, escapes resolved. */
  boolean stringIs(byte[] content) {
    if (stringEscaped) {
      return stringText().equals(new String(content, StandardCharsets.UTF_8));
    }
    if (stringTo - stringFrom != content.length) {
      return false;
    }
    for (int i = 0; i < content.length; i++) {
      if (bytes[stringFrom + i] != content[i]) {
        return false;
      }
    }
    return true;
  }

  /** The content of the string read last, escapes resolved. */
  String stringText() {
    String raw = new String(bytes, stringFrom, stringTo - stringFrom, StandardCharsets.UTF_8);
    if (!stringEscaped) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = raw.charAt(++i);
      switch (escaped) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
          i += 4;
        }
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }

  /**
   * Reads a number that ought to be a count.
   *
   * @return its value; {@link StreamEvent#ABSENT} when it is well-formed but no integer from 0 to
   *     10^18; {@link Long#MIN_VALUE} when it is not a number
   */
  long count() {
    int from = position;
    if (!number()) {
      return Long.MIN_VALUE;
    }
    if (position - from > 18) {
      return StreamEvent.ABSENT;
    }
    long value = 0;
    for (int i = from; i < position; i++) {
      if (!isDigit(bytes[i])) {
        return StreamEvent.ABSENT;
      }
      value = value * 10 + (bytes[i] - '0');
    }
    return value;
  }

  /** Reads a value of any kind and forgets it. */
  boolean skipValue(int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    return switch (peek()) {
      case '{' -> skipObject(depth);
      case '[' -> skipArray(depth);
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    };
  }

  private boolean skipObject(int depth) {
    take('{');
    if (take('}')) {
      return true;
    }
    do {
      if (!string() || !take(':') || !skipValue(depth + 1)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean skipArray(int depth) {
    take('[');
    if (take(']')) {
      return true;
    }
    do {
      if (!skipValue(depth + 1)) {
        return false;
      }
    } while (take(','));
    return take(']');
  }

  private boolean literal(String text) {
    if (end - position < text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[position + i] != text.charAt(i)) {
        return false;
      }
    }
    position += text.length();
    return position == end || !isWordPart(bytes[position]);
  }

  private boolean number() {
    if (position < end && bytes[position] == '-') {
      position++;
    }
    int first = position;
    if (!digits() || (bytes[first] == '0' && position - first > 1)) {
      return false;
    }
    if (position < end && bytes[position] == '.') {
      position++;
      if (!digits()) {
        return false;
      }
    }
    if (position < end && (bytes[position] | 0x20) == 'e') {
      position++;
      if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
        position++;
      }
      if (!digits()) {
        return false;
      }
    }
    return position == end || !isWordPart(bytes[position]);
  }

  private boolean digits() {
    int from = position;
    while (position < end && isDigit(bytes[position])) {
      position++;
    }
    return position > from;
  }

  private boolean escape() {
    if (position == end) {
      return false;
    }
    switch (bytes[position++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return true;
      }
      case 'u' -> {
        for (int i = 0; i < 4; i++) {
          if (position == end || Character.digit(bytes[position++], 16) < 0) {
            return false;
          }
        }
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** Reads the rest of a character of several bytes, whose first byte has been read. */
  private boolean continuation(byte lead) {
    int more =
        (lead & 0xE0) == 0xC0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : (lead & 0xF8) == 0xF0 ? 3 : 0;
    if (more == 0 || end - position < more) {
      return false;
    }
    for (int i = 0; i < more; i++) {
      if ((bytes[position++] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isWordPart(byte b) {
    return isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_';
  }
}
