package io.evalstream.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A prompt, either text still to be tokenized or token ids. */
final class Prompt {
  private final String text;
  private final JsonNode ids;

  private Prompt(String text, JsonNode ids) {
    this.text = text;
    this.ids = ids;
  }

  /**
   * The prompt of a completion: a text, a list of token ids, or a list with one of these.
   *
   * @throws ApiException if there is none, or more than one
   */
  static Prompt ofCompletion(JsonNode prompt) throws ApiException {
    if (prompt == null || prompt.isNull() || isEmpty(prompt)) {
      throw ApiException.badRequest(
          "Either prompt or prompt_embeds must be provided and non-empty.", "prompt");
    }
    if (prompt.isTextual()) {
      return new Prompt(prompt.textValue(), null);
    }
    if (!prompt.isArray()) {
      throw notAPrompt();
    }
    if (prompt.get(0).isNumber()) {
      return new Prompt(null, requireIds(prompt));
    }
    if (prompt.size() > 1) {
      throw ApiException.badRequest(
          "This simulator answers one prompt per request and got a list of "
              + prompt.size()
              + "; send each prompt in a request of its own.",
          "prompt");
    }
    return ofCompletion(prompt.get(0));
  }

  /**
   * The prompt a chat template makes of messages: for each its role, its text and an end mark, then
   * the role of the answer; three tokens around each message's text but one at the end.
   *
   * @throws ApiException if there are no messages, or one has another content than text
   */
  static Prompt ofChat(JsonNode messages) throws ApiException {
    if (messages == null || !messages.isArray() || messages.isEmpty()) {
      throw ApiException.badRequest(
          "messages must be a list with one message or more.", "messages");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode message : messages) {
      JsonNode role = message.get("role");
      if (role == null || !role.isTextual()) {
        throw ApiException.badRequest("Each message needs a role.", "messages");
      }
      text.append(" <|").append(role.textValue().replace(' ', '_')).append("|> ");
      appendContent(text, message.path("content"));
      text.append(" <|end|>");
    }
    return new Prompt(text.append(" <|assistant|>").toString(), null);
  }

  int count() {
    return ids == null ? Tokenizer.count(text) : ids.size();
  }

  List<Integer> tokens() {
    if (ids == null) {
      return Tokenizer.tokenize(text);
    }
    List<Integer> tokens = new ArrayList<>(ids.size());
    ids.forEach(id -> tokens.add(id.intValue()));
    return tokens;
  }

  private static void appendContent(StringBuilder text, JsonNode content) throws ApiException {
    if (content.isTextual()) {
      text.append(content.textValue());
    } else if (content.isArray()) {
      for (JsonNode part : content) {
        if (!part.path("text").isTextual()) {
          throw ApiException.badRequest(
              "This simulator reads text only; leave out content parts of other types.",
              "messages");
        }
        text.append(part.get("text").textValue());
      }
    } else if (!content.isNull() && !content.isMissingNode()) {
      throw ApiException.badRequest("A message's content must be text or a list.", "messages");
    }
  }

  private static JsonNode requireIds(JsonNode ids) throws ApiException {
    for (JsonNode id : ids) {
      if (!id.canConvertToInt() || !id.isIntegralNumber() || id.intValue() < 0) {
        throw notAPrompt();
      }
    }
    return ids;
  }

  private static boolean isEmpty(JsonNode prompt) {
    return prompt.isTextual() ? prompt.textValue().isEmpty() : prompt.isArray() && prompt.isEmpty();
  }

  private static ApiException notAPrompt() {
    return ApiException.badRequest("prompt must be text or a list of token ids.", "prompt");
  }
}
