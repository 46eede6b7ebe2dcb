package io.evalstream.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads request bodies, writes response bodies. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * A request's body.
   *
   * @throws ApiException if it is no JSON object
   */
  static ObjectNode parseObject(ByteBuf body) throws ApiException {
    JsonNode node;
    try (InputStream in = new ByteBufInputStream(body)) {
      node = MAPPER.readTree(in);
    } catch (JsonProcessingException e) {
      throw ApiException.badRequest("The request body is not JSON.", null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest("The request body must be a JSON object.", null);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text as a JSON string, quotes included. */
  static String quote(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }
}
