package io.evalstream.loadgenerator.sse;

import java.nio.charset.StandardCharsets;

/**
 * Reads the JSON of one event of the OpenAI API (completions and chat completions), or of an error
 * body, straight from its bytes. The whole text is checked; of its content only what {@link
 * StreamEvent} has is kept. Fields may come in any order. For one thread.
 */
public final class EventScanner {

  private static final byte[] CHOICES = ascii("choices");
  private static final byte[] USAGE = ascii("usage");
  private static final byte[] ERROR = ascii("error");
  private static final byte[] OBJECT = ascii("object");
  private static final byte[] MESSAGE = ascii("message");
  private static final byte[] DETAIL = ascii("detail");
  private static final byte[] TEXT = ascii("text");
  private static final byte[] DELTA = ascii("delta");
  private static final byte[] FINISH_REASON = ascii("finish_reason");
  private static final byte[] CONTENT = ascii("content");
  private static final byte[] REASONING = ascii("reasoning");
  private static final byte[] REASONING_CONTENT = ascii("reasoning_content");
  private static final byte[] TOOL_CALLS = ascii("tool_calls");
  private static final byte[] PROMPT_TOKENS = ascii("prompt_tokens");
  private static final byte[] COMPLETION_TOKENS = ascii("completion_tokens");
  private static final byte[] STOP = ascii("stop");
  private static final byte[] LENGTH = ascii("length");

  private enum Level {
    EVENT,
    CHOICE,
    DELTA,
    USAGE,
    ERROR
  }

  private final JsonCursor json = new JsonCursor();
  private final StreamEvent event = new StreamEvent();
  private String message;

  /**
   * Reads one object.
   *
   * @return whether it is well-formed; {@link #event()} tells its content if so
   */
  public boolean scan(byte[] bytes, int from, int to) {
    json.reset(bytes, from, to);
    event.clear();
    message = null;
    if (json.peek() != '{' || !object(Level.EVENT) || json.peek() != -1) {
      return false;
    }
    if (event.errorMessage == null) {
      event.errorMessage = message;
    }
    return true;
  }

  /** What was read last; valid until the next {@link #scan}. */
  public StreamEvent event() {
    return event;
  }

  private boolean object(Level level) {
    json.take('{');
    if (json.take('}')) {
      return true;
    }
    do {
      if (!json.string() || !member(level)) {
        return false;
      }
    } while (json.take(','));
    return json.take('}');
  }

  private boolean member(Level level) {
    return switch (level) {
      case EVENT -> eventMember();
      case CHOICE -> choiceMember();
      case DELTA -> deltaMember();
      case USAGE -> usageMember();
      case ERROR -> errorMember();
    };
  }

  private boolean eventMember() {
    if (json.stringIs(CHOICES)) {
      return json.take(':') && (json.peek() == '[' ? choices() : json.skipValue(1));
    }
    if (json.stringIs(USAGE)) {
      return json.take(':') && (json.peek() == '{' ? object(Level.USAGE) : json.skipValue(1));
    }
    if (json.stringIs(ERROR)) {
      return json.take(':') && error();
    }
    if (json.stringIs(OBJECT)) {
      if (!json.take(':')) {
        return false;
      }
      if (json.peek() != '"') {
        return json.skipValue(1);
      }
      boolean read = json.string();
      event.hasError |= read && json.stringIs(ERROR);
      return read;
    }
    if (json.stringIs(MESSAGE) || json.stringIs(DETAIL)) {
      if (!json.take(':')) {
        return false;
      }
      if (json.peek() != '"') {
        return json.skipValue(1);
      }
      boolean read = json.string();
      message = read ? json.stringText() : null;
      return read;
    }
    return skipMember();
  }

  private boolean choices() {
    json.take('[');
    if (json.take(']')) {
      return true;
    }
    event.hasChoices = true;
    do {
      boolean read = json.peek() == '{' ? object(Level.CHOICE) : json.skipValue(2);
      if (!read) {
        return false;
      }
    } while (json.take(','));
    return json.take(']');
  }

  private boolean choiceMember() {
    if (json.stringIs(TEXT)) {
      return json.take(':') && output(Output.CONTENT);
    }
    if (json.stringIs(DELTA)) {
      return json.take(':') && (json.peek() == '{' ? object(Level.DELTA) : json.skipValue(3));
    }
    if (json.stringIs(FINISH_REASON)) {
      return json.take(':') && finishReason();
    }
    return skipMember();
  }

  private boolean deltaMember() {
    if (json.stringIs(CONTENT)) {
      return json.take(':') && output(Output.CONTENT);
    }
    if (json.stringIs(REASONING) || json.stringIs(REASONING_CONTENT)) {
      return json.take(':') && output(Output.REASONING);
    }
    if (json.stringIs(TOOL_CALLS)) {
      return json.take(':') && output(Output.TOOL_CALLS);
    }
    return skipMember();
  }

  private boolean usageMember() {
    boolean prompt = json.stringIs(PROMPT_TOKENS);
    if (!prompt && !json.stringIs(COMPLETION_TOKENS)) {
      return skipMember();
    }
    if (!json.take(':')) {
      return false;
    }
    int first = json.peek();
    if (first != '-' && (first < '0' || first > '9')) {
      return json.skipValue(2);
    }
    long count = json.count();
    if (count == Long.MIN_VALUE) {
      return false;
    }
    if (prompt) {
      event.promptTokens = count;
    } else {
      event.completionTokens = count;
    }
    return true;
  }

  private boolean errorMember() {
    if (!json.stringIs(MESSAGE)) {
      return skipMember();
    }
    if (!json.take(':')) {
      return false;
    }
    if (json.peek() != '"') {
      return json.skipValue(2);
    }
    boolean read = json.string();
    event.errorMessage = read ? json.stringText() : null;
    return read;
  }

  private boolean error() {
    switch (json.peek()) {
      case '{' -> {
        event.hasError = true;
        return object(Level.ERROR);
      }
      case '"' -> {
        event.hasError = true;
        boolean read = json.string();
        event.errorMessage = read ? json.stringText() : null;
        return read;
      }
      default -> {
        return json.skipValue(1);
      }
    }
  }

  private boolean finishReason() {
    if (json.peek() != '"') {
      return json.skipValue(3);
    }
    if (!json.string()) {
      return false;
    }
    if (json.stringIs(STOP)) {
      event.finishReason = "stop";
    } else if (json.stringIs(LENGTH)) {
      event.finishReason = "length";
    } else {
      event.finishReason = json.stringText();
    }
    return true;
  }

  /** Reads a value that is output if it is a string or an array and not empty. */
  private boolean output(Output kind) {
    int first = json.peek();
    if (first == '"') {
      boolean read = json.string();
      if (read && !json.stringIsEmpty()) {
        event.bring(kind);
        if (kind == Output.CONTENT) {
          json.stringTo(event);
        }
      }
      return read;
    }
    if (first != '[') {
      return json.skipValue(3);
    }
    json.take('[');
    if (json.take(']')) {
      return true;
    }
    event.bring(kind);
    do {
      if (!json.skipValue(4)) {
        return false;
      }
    } while (json.take(','));
    return json.take(']');
  }

  private boolean skipMember() {
    return json.take(':') && json.skipValue(1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
