package io.evalstream.loadgenerator.sse;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * What matters of one event of a streamed completion. One instance is filled again for every event:
 * whoever wants to keep something copies it. For one thread.
 */
public final class StreamEvent {

  /** What the counters say when the event did not name them. */
  public static final long ABSENT = -1;

  boolean hasChoices;
  private final Set<Output> outputs = EnumSet.noneOf(Output.class);
  private byte[] text;
  private int textFrom;
  private int textTo;
  boolean hasError;
  String finishReason;
  String errorMessage;
  long promptTokens = ABSENT;
  long completionTokens = ABSENT;

  StreamEvent() {}

  /** Whether {@code choices} is there and not empty: the event is a chunk, and is timed. */
  public boolean hasChoices() {
    return hasChoices;
  }

  /**
   * Whether a choice brings output: a {@code text}, {@code delta.content}, {@code
   * delta.reasoning_content} or {@code delta.reasoning} that is not empty, or tool calls. The first
   * chunk of a chat, which only names the role, brings none.
   */
  public boolean hasOutput() {
    return !outputs.isEmpty();
  }

  /** Whether a choice brings output of that kind that is not empty. */
  public boolean brings(Output output) {
    return outputs.contains(output);
  }

  /**
   * Appends the text that the last choice brings, as it stands in the JSON: UTF-8 with its escapes,
   * so that it can be put between quotes again, byte for byte.
   */
  public void appendText(StringBuilder to) {
    if (text != null) {
      to.append(new String(text, textFrom, textTo - textFrom, StandardCharsets.UTF_8));
    }
  }

  /** Whether the event is the server's report of an error. */
  public boolean hasError() {
    return hasError;
  }

  /** The server's words about the error; null when there are none. */
  public String errorMessage() {
    return errorMessage;
  }

  /** Why generation ended; null while it has not. */
  public String finishReason() {
    return finishReason;
  }

  /** {@code usage.prompt_tokens}, or {@link #ABSENT}. */
  public long promptTokens() {
    return promptTokens;
  }

  /** {@code usage.completion_tokens}, or {@link #ABSENT}. */
  public long completionTokens() {
    return completionTokens;
  }

  void bring(Output output) {
    outputs.add(output);
  }

  void bringText(byte[] bytes, int from, int to) {
    text = bytes;
    textFrom = from;
    textTo = to;
  }

  void clear() {
    text = null;
    hasChoices = false;
    outputs.clear();
    hasError = false;
    finishReason = null;
    errorMessage = null;
    promptTokens = ABSENT;
    completionTokens = ABSENT;
  }
}
