package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.request.Backend;

/**
 * The server to load.
 *
 * @param model its name on the server; null for the server's first
 * @param apiKey sent as a bearer token; null for none; never shown
 */
public record Endpoint(Origin origin, Backend backend, String model, String apiKey) {

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
    if (model != null && model.isBlank()) {
      throw new IllegalArgumentException("model is empty: name one, or leave it out");
    }
    apiKey = apiKey == null || apiKey.isEmpty() ? null : apiKey;
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return "Endpoint[" + origin.url("") + ", " + backend.text() + ", " + model + "]";
  }
}
