package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.request.Backend;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The server to load.
 *
 * @param path where requests go, after the origin; null for the backend's own
 * @param model its name on the server; null for the server's first
 * @param apiKey sent as a bearer token; null for none; never shown
 * @param headers further headers of every request; never shown
 */
public record Endpoint(
    Origin origin,
    Backend backend,
    String path,
    String model,
    String apiKey,
    Map<String, String> headers) {

  private static final Pattern PATH = Pattern.compile("/[!-~]*");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> OURS =
      Set.of("host", "content-length", "content-type", "transfer-encoding", "x-request-id");

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public Endpoint {
    if (origin == null) {
      throw new IllegalArgumentException("base-url is missing: give it as http://host:port");
    }
    if (backend == null) {
      throw new IllegalArgumentException("backend is missing: vllm, openai or openai-chat");
    }
    path = path == null ? backend.path() : path;
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "endpoint is '" + path + "': give a path such as " + backend.path());
    }
    if (path.endsWith("/completions") && backend.chat() != path.endsWith("/chat/completions")) {
      throw new IllegalArgumentException(
          "endpoint is '%s', which is not what backend %s speaks: give %s or another backend"
              .formatted(path, backend.text(), backend.path()));
    }
    if (model != null && model.isBlank()) {
      throw new IllegalArgumentException("model is empty: name one, or leave it out");
    }
    apiKey = apiKey == null || apiKey.isEmpty() ? null : apiKey;
    headers = new LinkedHashMap<>(headers);
    headers.forEach(Endpoint::check);
  }

  /** A server that is asked where its backend says, with no further headers. */
  public Endpoint(Origin origin, Backend backend, String model, String apiKey) {
    this(origin, backend, null, model, apiKey, Map.of());
  }

  /** Everything but the key and the headers. */
  @Override
  public String toString() {
    return "Endpoint[" + origin.url(path) + ", " + backend.text() + ", " + model + "]";
  }

  private static void check(String name, String value) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "header '" + name + "' is no name of a header: give NAME=VALUE");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "header '" + name + "' is set by the program: leave it out");
    }
    if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      // a value may be a secret, so it is not repeated
      throw new IllegalArgumentException(
          "header '" + name + "' holds a character that no header can carry");
    }
  }
}
