package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.stream.Collectors;

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
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
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

  /** Says what is wrong and where, and nothing of what the record holds: that may be a secret. */
  private static InvalidEventException invalid(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidEventException invalid) {
        return invalid;
      }
      if (cause instanceof StreamReadException broken
          && !(cause instanceof InputCoercionException)) {
        return new InvalidEventException(
            "the record is not JSON: it cannot be read at byte "
                + broken.getLocation().getByteOffset());
      }
    }
    if (e instanceof JsonMappingException mapping && !field(mapping).isEmpty()) {
      return new InvalidEventException(
          field(mapping) + (isAbsent(mapping) ? " is missing" : " has the wrong type"));
    }
    return new InvalidEventException("the record is not a JSON object that can be read");
  }

  /** The path of names; keys of maps are left out, they are part of what the record holds. */
  private static String field(JsonMappingException e) {
    return e.getPath().stream()
        .filter(step -> step.getFrom() instanceof Class<?> owner && owner.isRecord())
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }

  /** Jackson tells a null in place of a number, given or implied, by its words alone. */
  private static boolean isAbsent(JsonMappingException e) {
    return e.getOriginalMessage().startsWith("Cannot map `null` into type");
  }
}
