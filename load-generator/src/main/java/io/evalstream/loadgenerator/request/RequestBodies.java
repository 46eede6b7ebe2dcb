package io.evalstream.loadgenerator.request;

import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.plan.Prompt;
import io.evalstream.loadgenerator.plan.SeededRandom;
import io.evalstream.loadgenerator.plan.TextPrompt;
import io.evalstream.loadgenerator.plan.TokenPrompt;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the bodies of requests. The same planned request always gives the same bytes. Immutable.
 *
 * <p>Completions get the prompt as token ids, so its length is exact without a tokenizer; ids are
 * drawn from a range that every common vocabulary has and that leaves out the special tokens at its
 * beginning. Chats get short English words, about one token each; the server's own count is what is
 * reported.
 */
public final class RequestBodies {

  private static final int FIRST_TOKEN_ID = 1000;
  private static final int TOKEN_IDS = 29_000;
  private static final String[] WORDS = {
    "time",
    "year",
    "people",
    "way",
    "day",
    "man",
    "thing",
    "woman",
    "life",
    "child",
    "world",
    "school",
    "state",
    "family",
    "student",
    "group",
    "country",
    "problem",
    "hand",
    "part",
    "place",
    "case",
    "week",
    "company",
    "system",
    "program",
    "question",
    "work",
    "number",
    "night",
    "point",
    "home",
    "water",
    "room",
    "mother",
    "area",
    "money",
    "story",
    "fact",
    "month",
    "lot",
    "right",
    "study",
    "book",
    "eye",
    "job",
    "word",
    "business",
    "issue",
    "side",
    "kind",
    "head",
    "house",
    "service",
    "friend",
    "father",
    "power",
    "hour",
    "game",
    "line",
    "end",
    "member",
    "law",
    "car"
  };

  private final Backend backend;
  private final String model;
  private final RequestOptions options;
  private final Map<String, String> extra;
  private final String ending;

  /** Bodies for a model of a server, which is asked unless a request names another. */
  public RequestBodies(Backend backend, String model, RequestOptions options) {
    this.backend = backend;
    this.model = model;
    this.options = options;
    this.extra = options.extraFields();
    this.ending = ending();
  }

  /** The body, in UTF-8. */
  public byte[] body(PlannedRequest request) {
    StringBuilder body = beginning(request, 7 * request.promptTokens());
    if (backend.chat()) {
      body.append(",\"messages\":[{\"role\":\"user\",\"content\":");
      text(body, request.prompt());
      body.append("}]");
    } else {
      body.append(",\"prompt\":");
      prompt(body, request.prompt());
    }
    return ended(body, request);
  }

  /** A conversation of which nothing has been said. */
  public Conversation conversation() {
    return new Conversation(backend.chat());
  }

  /** The body that asks a further turn of a conversation, in UTF-8. Completions get a text, too. */
  public byte[] body(PlannedRequest request, Conversation conversation) {
    StringBuilder asked = new StringBuilder();
    text(asked, request.prompt());
    conversation.ask(asked);
    StringBuilder body = beginning(request, conversation.length());
    conversation.appendTo(body);
    return ended(body, request);
  }

  private StringBuilder beginning(PlannedRequest request, int promptLength) {
    return new StringBuilder(256 + promptLength)
        .append("{\"model\":")
        .append(quoted(request.model() == null ? model : request.model()));
  }

  private byte[] ended(StringBuilder body, PlannedRequest request) {
    if (!extra.containsKey("max_tokens") && !extra.containsKey("max_completion_tokens")) {
      body.append(backend.chat() ? ",\"max_completion_tokens\":" : ",\"max_tokens\":")
          .append(request.maxOutputTokens());
    }
    if (options.minTokens() != null && !extra.containsKey("min_tokens")) {
      body.append(",\"min_tokens\":")
          .append(Math.min(options.minTokens(), request.maxOutputTokens()));
    }
    return body.append(ending).toString().getBytes(StandardCharsets.UTF_8);
  }

  private String ending() {
    StringBuilder ending = new StringBuilder();
    if (options.temperature() != null && !extra.containsKey("temperature")) {
      ending.append(",\"temperature\":").append(options.temperature());
    }
    if (options.ignoreEos() && !extra.containsKey("ignore_eos")) {
      ending.append(",\"ignore_eos\":true");
    }
    ending.append(",\"stream\":true,\"stream_options\":{\"include_usage\":true");
    if (options.continuousUsage()) {
      ending.append(",\"continuous_usage_stats\":true");
    }
    ending.append('}');
    extra.forEach(
        (name, value) -> ending.append(',').append(quoted(name)).append(':').append(value));
    return ending.append('}').toString();
  }

  private static void prompt(StringBuilder body, Prompt prompt) {
    if (prompt instanceof TextPrompt words) {
      body.append(quoted(words.text()));
      return;
    }
    char separator = '[';
    for (TokenPrompt.Segment segment : ((TokenPrompt) prompt).segments()) {
      SeededRandom random = new SeededRandom(segment.seed());
      for (int i = 0; i < segment.tokens(); i++) {
        body.append(separator).append(FIRST_TOKEN_ID + random.nextInt(TOKEN_IDS));
        separator = ',';
      }
    }
    body.append(']');
  }

  private static void text(StringBuilder body, Prompt prompt) {
    if (prompt instanceof TextPrompt words) {
      body.append(quoted(words.text()));
      return;
    }
    char separator = '"';
    for (TokenPrompt.Segment segment : ((TokenPrompt) prompt).segments()) {
      SeededRandom random = new SeededRandom(segment.seed());
      for (int i = 0; i < segment.tokens(); i++) {
        body.append(separator).append(WORDS[random.nextInt(WORDS.length)]);
        separator = ' ';
      }
    }
    body.append('"');
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
