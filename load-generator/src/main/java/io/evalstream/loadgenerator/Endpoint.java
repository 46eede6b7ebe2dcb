package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.request.Backend;
import java.util.regex.Pattern;

/**
 * The server to load.
 *
 * @param path where requests go, after the origin; null for the backend's own
 * @param model its name on the server; null for the server's first
 * @param apiKey sent as a bearer token; null for none; never shown
 */
public record Endpoint(Origin origin, Backend backend, String path, String model, String apiKey) {

  private static final Pattern PATH = Pattern.compile("/[!-~]*");

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
    if (model != null) {
      RunDescription.requireName("model", model);
    }
    apiKey = apiKey == null || apiKey.isEmpty() ? null : apiKey;
  }

  /** A server that is asked where its backend says. */
  public Endpoint(Origin origin, Backend backend, String model, String apiKey) {
    this(origin, backend, null, model, apiKey);
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return "Endpoint[" + origin.url(path) + ", " + backend.text() + ", " + model + "]";
  }
}
