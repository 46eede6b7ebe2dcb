package io.evalstream.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;

/**
 * An answer that leaves as one body when its last chunk would have. What the metrics say of its
 * tokens follows the plan.
 */
final class WholeResponse extends TimedResponse {
  private final HttpReplies replies;
  private final long createdSeconds;
  private final boolean keepAlive;

  WholeResponse(
      Connection connection,
      ChannelHandlerContext context,
      Server server,
      GenerationRequest request,
      ResponsePlan plan,
      long createdSeconds,
      boolean keepAlive) {
    super(connection, context, server, request, plan);
    this.replies = new HttpReplies(context);
    this.createdSeconds = createdSeconds;
    this.keepAlive = keepAlive;
  }

  @Override
  long firstOffsetNanos() {
    return plan.endOffsetNanos();
  }

  @Override
  Next takeTurn() {
    if (plan.cutBefore() != ResponsePlan.NEVER) {
      cut(0);
      return Next.NOTHING;
    }
    byte[] body = Json.bytes(body());
    if (plan.garbageBefore() != ResponsePlan.NEVER) {
      metrics.garbage();
      body = Arrays.copyOf(body, body.length / 2);
    }
    replies.json(body, keepAlive);
    metrics.firstToken(scheduledNanos(0) - arrivalNanos());
    for (int chunk = 0; chunk < plan.chunks(); chunk++) {
      metrics.tokens(plan.tokensBefore(chunk + 1) - plan.tokensBefore(chunk));
      if (chunk > 0) {
        metrics.gap(plan.offsetNanos(chunk) - plan.offsetNanos(chunk - 1));
      }
    }
    metrics.answered(this, scheduledNanos(0), scheduledNanos(plan.chunks() - 1));
    end(plan.finishReason(), plan.tokens());
    return Next.NOTHING;
  }

  @Override
  void abort() {
    end(FinishReason.ABORT, 0);
  }

  private ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("id", request.id())
        .put("object", request.chat() ? "chat.completion" : "text_completion")
        .put("created", createdSeconds)
        .put("model", request.model());
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    if (request.chat()) {
      int reasoning = plan.reasoningTokens();
      String thought = reasoning == 0 ? null : text(0, reasoning);
      String content = reasoning == plan.tokens() ? null : text(reasoning, plan.tokens());
      ObjectNode message = choice.putObject("message");
      message
          .put("role", "assistant")
          .put("content", content)
          .putNull("refusal")
          .putNull("annotations")
          .putNull("audio")
          .putNull("function_call");
      message.putArray("tool_calls");
      message.put("reasoning", thought).put("reasoning_content", thought);
    } else {
      choice.put("text", text(0, plan.tokens()));
    }
    choice
        .putNull("logprobs")
        .put("finish_reason", plan.finishReason().text())
        .putNull("stop_reason")
        .putNull("token_ids");
    if (!request.chat()) {
      choice.putNull("prompt_logprobs").putNull("prompt_token_ids");
    }
    body.putNull("service_tier").putNull("system_fingerprint");
    body.putObject("usage")
        .put("prompt_tokens", request.promptTokens())
        .put("total_tokens", request.promptTokens() + plan.tokens())
        .put("completion_tokens", plan.tokens())
        .putNull("prompt_tokens_details");
    if (request.chat()) {
      body.putNull("prompt_logprobs").putNull("prompt_token_ids");
    }
    return body.putNull("kv_transfer_params");
  }

  private String text(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(Tokenizer.answerToken(Tokenizer.answerTokenId(request.seed(), i)));
    }
    return text.toString();
  }
}
