package io.evalstream.loadgenerator.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every request asks for.
 *
 * @param ignoreEos generate up to the asked length, whatever the model says
 * @param minTokens generate at least so many tokens; null to leave it to the server
 * @param continuousUsage ask for the token count in every chunk (vLLM's {@code
 *     continuous_usage_stats}), so that chunks of several tokens are counted right
 * @param temperature 0 is greedy; null to leave it to the server, as {@code vllm bench serve}
 * @param extraBody a JSON object whose fields are put into every body, over what else would be
 *     there; null for none
 */
public record RequestOptions(
    boolean ignoreEos,
    Integer minTokens,
    boolean continuousUsage,
    Double temperature,
    String extraBody) {

  /** Nothing special, greedy, tokens counted in every chunk. */
  public static final RequestOptions DEFAULT = new RequestOptions(false, null, true, 0.0, null);

  private static final List<String> OURS =
      List.of("model", "prompt", "messages", "stream", "stream_options");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RequestOptions {
    if (minTokens != null && minTokens < 0) {
      throw new IllegalArgumentException(
          "min-tokens is " + minTokens + ": give a number from 0 on");
    }
    if (temperature != null && (!(temperature >= 0) || Double.isInfinite(temperature))) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ": give a number from 0 on");
    }
    if (extraBody != null) {
      fields(extraBody)
          .forEach(
              (name, value) -> {
                if (OURS.contains(name)) {
                  throw new IllegalArgumentException(
                      "extra-body sets '" + name + "': leave it out, other flags decide it");
                }
              });
    }
  }

  /** The fields of the extra body as JSON, by name. */
  Map<String, String> extraFields() {
    return extraBody == null ? Map.of() : fields(extraBody);
  }

  private static Map<String, String> fields(String json) {
    try {
      JsonNode object = MAPPER.readTree(json);
      if (object.isObject()) {
        Map<String, String> fields = new LinkedHashMap<>();
        object
            .properties()
            .forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        return fields;
      }
    } catch (JsonProcessingException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "extra-body is no JSON object: give one such as {\"top_p\": 0.9}");
  }
}
