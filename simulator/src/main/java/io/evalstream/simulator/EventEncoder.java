package io.evalstream.simulator;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes the server-sent events of one stream, each as one chunk of HTTP's chunked transfer coding,
 * as uvicorn sends what vLLM yields. The parts that do not change are encoded once, so an event
 * costs a few copies. Shapes: vllm/entrypoints/openai/{completion,chat_completion}/serving.py.
 *
 * <p>Reasoning goes out under both names vLLM has had for it, {@code reasoning} and {@code
 * reasoning_content}.
 */
final class EventEncoder {
  private static final byte[][] ANSWER_TOKENS = answerTokens();
  private static final byte[] SIZE_FIELD = ascii("00000\r\n");
  private static final int SIZE_DIGITS = 5;
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] END = ascii("}\n\n");
  private static final byte[] DONE = ascii("data: [DONE]\n\n");
  private static final byte[] PROMPT_TOKENS = ascii(",\"usage\":{\"prompt_tokens\":");
  private static final byte[] TOTAL_TOKENS = ascii(",\"total_tokens\":");
  private static final byte[] COMPLETION_TOKENS = ascii(",\"completion_tokens\":");
  private static final byte[] CLOSE = ascii("}");
  private static final byte[] REASONING_COPY = ascii("\",\"reasoning_content\":\"");

  private final GenerationRequest request;
  private final byte[] head;
  private final byte[] role;
  private final byte[] beforeText;
  private final byte[] beforeReasoning;
  private final byte[] afterText;
  private final byte[] afterLastText;

  EventEncoder(GenerationRequest request, FinishReason finishReason, long createdSeconds) {
    this.request = request;
    String object = request.chat() ? "chat.completion.chunk" : "text_completion";
    String common =
        "data: {\"id\":%s,\"object\":\"%s\",\"created\":%d,\"model\":%s,\"choices\":["
            .formatted(
                Json.quote(request.id()), object, createdSeconds, Json.quote(request.model()));
    String choice = common + "{\"index\":0,";
    this.head = utf8(common);
    String finish = "\"finish_reason\":\"" + finishReason.text() + "\",\"stop_reason\":null,";
    if (request.chat()) {
      role =
          utf8(
              choice
                  + "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,"
                  + "\"finish_reason\":null}]");
      beforeText = utf8(choice + "\"delta\":{\"content\":\"");
      beforeReasoning = utf8(choice + "\"delta\":{\"reasoning\":\"");
      afterText = utf8("\"},\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]");
      afterLastText = utf8("\"},\"logprobs\":null," + finish + "\"token_ids\":null}]");
    } else {
      role = null;
      beforeText = utf8(choice + "\"text\":\"");
      beforeReasoning = beforeText;
      String ids = "\"prompt_token_ids\":null,\"token_ids\":null}]";
      afterText = utf8("\",\"logprobs\":null,\"finish_reason\":null,\"stop_reason\":null," + ids);
      afterLastText = utf8("\",\"logprobs\":null," + finish + ids);
    }
  }

  /** The event before the first chunk: for chat the role, otherwise nothing. */
  void writeOpening(ByteBuf out) {
    if (role != null) {
      int start = open(out);
      out.writeBytes(role);
      writeContinuousUsage(out, 0);
      out.writeBytes(END);
      close(out, start);
    }
  }

  /** The event of chunk {@code chunk}. */
  void writeChunk(ByteBuf out, ResponsePlan plan, int chunk) {
    int from = plan.tokensBefore(chunk);
    int to = plan.tokensBefore(chunk + 1);
    int start = open(out);
    if (to <= plan.reasoningTokens()) {
      out.writeBytes(beforeReasoning);
      writeText(out, from, to);
      out.writeBytes(REASONING_COPY);
    } else {
      out.writeBytes(beforeText);
    }
    writeText(out, from, to);
    out.writeBytes(to == plan.tokens() ? afterLastText : afterText);
    writeContinuousUsage(out, to);
    out.writeBytes(END);
    close(out, start);
  }

  /** An event whose data is not JSON and carries no tokens. */
  void writeGarbage(ByteBuf out) {
    int start = open(out);
    out.writeBytes(beforeText);
    out.writeBytes(CRLF);
    out.writeBytes(CRLF);
    close(out, start);
  }

  /** The events after the last chunk: usage if asked for, then {@code [DONE]}. */
  void writeClosing(ByteBuf out, int tokens) {
    if (request.includeUsage()) {
      int start = open(out);
      out.writeBytes(head);
      out.writeByte(']');
      writeUsage(out, tokens);
      out.writeBytes(END);
      close(out, start);
    }
    int start = open(out);
    out.writeBytes(DONE);
    close(out, start);
  }

  private void writeText(ByteBuf out, int from, int to) {
    for (int i = from; i < to; i++) {
      out.writeBytes(ANSWER_TOKENS[Tokenizer.answerTokenId(request.seed(), i)]);
    }
  }

  private void writeContinuousUsage(ByteBuf out, int tokens) {
    if (request.continuousUsage()) {
      writeUsage(out, tokens);
    }
  }

  private void writeUsage(ByteBuf out, int tokens) {
    out.writeBytes(PROMPT_TOKENS);
    writeDecimal(out, request.promptTokens());
    out.writeBytes(TOTAL_TOKENS);
    writeDecimal(out, request.promptTokens() + tokens);
    out.writeBytes(COMPLETION_TOKENS);
    writeDecimal(out, tokens);
    out.writeBytes(CLOSE);
  }

  private static void writeDecimal(ByteBuf out, int value) {
    int divisor = 1;
    while (value / divisor >= 10) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.writeByte('0' + value / divisor % 10);
    }
  }

  private static int open(ByteBuf out) {
    int start = out.writerIndex();
    out.writeBytes(SIZE_FIELD);
    return start;
  }

  private static void close(ByteBuf out, int start) {
    int size = out.writerIndex() - start - SIZE_FIELD.length;
    for (int digit = SIZE_DIGITS - 1; digit >= 0; digit--) {
      out.setByte(start + digit, HEX[size & 15]);
      size >>>= 4;
    }
    out.writeBytes(CRLF);
  }

  private static byte[][] answerTokens() {
    byte[][] tokens = new byte[Tokenizer.ANSWER_WORDS][];
    for (int id = 0; id < tokens.length; id++) {
      tokens[id] = utf8(Tokenizer.answerToken(id));
    }
    return tokens;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
