package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;

/** Between records and their JSON form: one object, snake_case, UTF-8. Safe for many threads. */
public final class EventCodec {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              c -> {
                c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                c.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                c.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private EventCodec() {}

  /** The JSON form of a record of this package. */
  public static byte[] encode(Object event) {
    try {
      if (event instanceof RunPlan plan) {
        ObjectNode node = MAPPER.valueToTree(plan);
        return MAPPER.writeValueAsBytes(node.put("type", RunPlan.TYPE));
      }
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new InvalidEventException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a record.
   *
   * @throws InvalidEventException when the bytes are not JSON or do not keep the contract
   */
  public static <T> T decode(byte[] json, Class<T> type) {
    requirePresent(json);
    try {
      return present(MAPPER.readValue(json, type));
    } catch (IOException e) {
      throw invalid(e);
    }
  }

  /**
   * Reads a record of topic {@code runs}.
   *
   * @throws InvalidEventException when the bytes are not JSON or do not keep the contract
   */
  public static RunRecord decodeRun(byte[] json) {
    requirePresent(json);
    try {
      JsonNode node = MAPPER.readTree(json);
      boolean plan = RunPlan.TYPE.equals(node.path("type").asText());
      Class<? extends RunRecord> type = plan ? RunPlan.class : ProducerState.class;
      return present(MAPPER.treeToValue(node, type));
    } catch (IOException e) {
      throw invalid(e);
    }
  }

  private static void requirePresent(byte[] json) {
    if (json == null) {
      throw new InvalidEventException("the record has no value");
    }
  }

  private static <T> T present(T value) {
    if (value == null) {
      throw new InvalidEventException("the record is null");
    }
    return value;
  }

  private static InvalidEventException invalid(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidEventException invalid) {
        return invalid;
      }
    }
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return new InvalidEventException("is not a readable record: " + firstLine(message), e);
  }

  private static String firstLine(String message) {
    return String.valueOf(message).lines().findFirst().orElse("unknown");
  }
}
