package io.evalstream.loadgenerator.request;

import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.plan.SeededRandom;
import java.nio.charset.StandardCharsets;

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
  private final RequestOptions options;
  private final String beginning;
  private final String ending;

  /** Bodies for a model of a server. */
  public RequestBodies(Backend backend, String model, RequestOptions options) {
    this.backend = backend;
    this.options = options;
    this.beginning = "{\"model\":" + quoted(model);
    this.ending = ending(options);
  }

  /** The body, in UTF-8. */
  public byte[] body(PlannedRequest request) {
    StringBuilder body = new StringBuilder(256 + 7 * request.promptTokens());
    body.append(beginning);
    SeededRandom random = new SeededRandom(request.promptSeed());
    if (backend.chat()) {
      body.append(",\"messages\":[{\"role\":\"user\",\"content\":\"");
      words(body, request.promptTokens(), random);
      body.append("\"}],\"max_completion_tokens\":");
    } else {
      body.append(",\"prompt\":[");
      tokenIds(body, request.promptTokens(), random);
      body.append("],\"max_tokens\":");
    }
    body.append(request.maxOutputTokens());
    if (options.minTokens() != null) {
      body.append(",\"min_tokens\":")
          .append(Math.min(options.minTokens(), request.maxOutputTokens()));
    }
    return body.append(ending).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String ending(RequestOptions options) {
    return ",\"temperature\":"
        + options.temperature()
        + (options.ignoreEos() ? ",\"ignore_eos\":true" : "")
        + ",\"stream\":true,\"stream_options\":{\"include_usage\":true"
        + (options.continuousUsage() ? ",\"continuous_usage_stats\":true" : "")
        + "}}";
  }

  private static void words(StringBuilder body, int count, SeededRandom random) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        body.append(' ');
      }
      body.append(WORDS[random.nextInt(WORDS.length)]);
    }
  }

  private static void tokenIds(StringBuilder body, int count, SeededRandom random) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        body.append(',');
      }
      body.append(FIRST_TOKEN_ID + random.nextInt(TOKEN_IDS));
    }
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
