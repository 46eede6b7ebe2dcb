package io.evalstream.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes a {@link GenerationRequest} of a request body, refusing with vLLM's errors what vLLM
 * refuses (vllm/entrypoints/openai/{completion,chat_completion}/protocol.py) and what the simulator
 * does not simulate. Sampling parameters are ignored. Thread-safe.
 */
final class RequestParser {
  private static final int DEFAULT_MAX_TOKENS = 16;
  private static final String[] NOT_SIMULATED = {
    "logprobs", "prompt_logprobs", "echo", "use_beam_search", "return_token_ids"
  };

  private final SimulatorConfig config;
  private final AtomicLong arrivals = new AtomicLong();

  RequestParser(SimulatorConfig config) {
    this.config = config;
  }

  /**
   * Reads a request.
   *
   * @param headerRequestId the {@code X-Request-Id} header; null if there was none. As in vLLM it
   *     takes precedence over the body's {@code request_id}
   */
  GenerationRequest parse(boolean chat, ObjectNode body, String headerRequestId)
      throws ApiException {
    checkModel(body);
    refuseWhatIsNotSimulated(body);
    Prompt prompt =
        chat ? Prompt.ofChat(body.get("messages")) : Prompt.ofCompletion(body.get("prompt"));
    int promptTokens = prompt.count();
    int maxTokens = maxTokens(chat, body, promptTokens);
    int minTokens = intOf(body, "min_tokens", 0);
    if (minTokens < 0) {
      throw ApiException.badRequest(
          "min_tokens must be greater than or equal to 0, got " + minTokens + ".", "min_tokens");
    }
    if (minTokens > maxTokens) {
      throw ApiException.badRequest(
          "min_tokens must be less than or equal to max_tokens="
              + maxTokens
              + ", got "
              + minTokens
              + ".",
          "min_tokens");
    }
    boolean stream = booleanOf(body, "stream", false);
    JsonNode options = body.path("stream_options");
    if (options.isObject() && !stream) {
      throw ApiException.badRequest(
          "Stream options can only be defined when `stream=True`.", "stream_options");
    }
    boolean usage = options.isObject() && booleanOf(options, "include_usage", true);
    boolean continuous = usage && booleanOf(options, "continuous_usage_stats", false);

    String givenId = headerRequestId != null ? headerRequestId : textOf(body, "request_id");
    RequestSeed seed =
        givenId == null
            ? RequestSeed.ofArrival(config.seed(), arrivals.getAndIncrement())
            : RequestSeed.ofRequestId(config.seed(), givenId);
    String id = givenId == null ? seed.identifier() : givenId;
    return new GenerationRequest(
        (chat ? "chatcmpl-" : "cmpl-") + id,
        seed,
        chat,
        config.model(),
        promptTokens,
        maxTokens,
        minTokens,
        booleanOf(body, "ignore_eos", false),
        stream,
        usage,
        continuous);
  }

  /**
   * Checks the model a request names, if it names one.
   *
   * @throws ApiException with vLLM's 404 if this server does not serve it
   */
  void checkModel(ObjectNode body) throws ApiException {
    String model = textOf(body, "model");
    if (model != null && !config.servedModelNames().contains(model)) {
      throw new ApiException(
          HttpResponseStatus.NOT_FOUND, "The model `" + model + "` does not exist.", "model");
    }
  }

  private int maxTokens(boolean chat, ObjectNode body, int promptTokens) throws ApiException {
    int room = config.maxModelLen() - promptTokens;
    int given = intOf(body, "max_tokens", chat ? Math.max(1, room) : DEFAULT_MAX_TOKENS);
    int maxTokens = chat ? intOf(body, "max_completion_tokens", given) : given;
    if (maxTokens < 1) {
      throw ApiException.badRequest(
          "max_tokens must be at least 1, got " + maxTokens + ".", "max_tokens");
    }
    if (maxTokens > room) {
      throw ApiException.badRequest(
          ("This model's maximum context length is %d tokens. However, you requested %d output"
                  + " tokens and your prompt contains %d input tokens, for a total of %d tokens."
                  + " Please reduce the length of the input prompt or the number of requested"
                  + " output tokens.")
              .formatted(
                  config.maxModelLen(), maxTokens, promptTokens, (long) maxTokens + promptTokens),
          "input_tokens");
    }
    return maxTokens;
  }

  private static void refuseWhatIsNotSimulated(ObjectNode body) throws ApiException {
    for (String field : NOT_SIMULATED) {
      JsonNode value = body.path(field);
      if (value.isNumber() || value.asBoolean(false)) {
        throw ApiException.badRequest(
            "This simulator does not simulate " + field + "; leave it out.", field);
      }
    }
    for (String field : new String[] {"n", "best_of"}) {
      if (intOf(body, field, 1) != 1) {
        throw ApiException.badRequest(
            "This simulator gives one answer per request; leave out " + field + ".", field);
      }
    }
  }

  private static int intOf(JsonNode body, String field, int absent) throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw ApiException.badRequest(field + " must be an integer.", field);
    }
    return value.intValue();
  }

  private static boolean booleanOf(JsonNode body, String field, boolean absent)
      throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw ApiException.badRequest(field + " must be true or false.", field);
    }
    return value.booleanValue();
  }

  private static String textOf(JsonNode body, String field) throws ApiException {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ApiException.badRequest(field + " must be text.", field);
    }
    return value.textValue();
  }
}
