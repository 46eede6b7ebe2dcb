package io.evalstream.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** An object on each line. */
final class JsonlRows implements RowSource {

  private final Lines lines;

  JsonlRows(Lines lines) {
    this.lines = lines;
  }

  @Override
  public ObjectNode next() throws IOException {
    String line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    try {
      JsonNode row = Json.MAPPER.readTree(line);
      if (row instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IOException("line " + lines.number() + " is no JSON: " + Json.why(e), e);
    }
    throw new IOException("line " + lines.number() + " is no JSON object");
  }

  @Override
  public void close() {
    lines.close();
  }
}
