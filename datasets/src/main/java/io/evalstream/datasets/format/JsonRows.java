package io.evalstream.datasets.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The objects of one array: the document itself, or the first array of objects within it. */
final class JsonRows implements RowSource {

  private final Lines lines;
  private final JsonParser parser;
  private boolean begun;
  private boolean inObject;

  JsonRows(Lines lines) throws IOException {
    this.lines = lines;
    this.parser = Json.MAPPER.getFactory().createParser(new LineReader(lines));
  }

  @Override
  public ObjectNode next() throws IOException {
    try {
      if (!begun) {
        begun = true;
        return first();
      }
      return row(parser.nextToken());
    } catch (JsonProcessingException e) {
      throw new IOException("line " + lines.number() + " is no JSON: " + Json.why(e), e);
    }
  }

  private ObjectNode first() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY) {
      return row(parser.nextToken());
    }
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("it is neither a JSON array nor an object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        JsonToken element = parser.nextToken();
        if (element == JsonToken.START_OBJECT) {
          inObject = true;
          return row(element);
        }
        while (element != JsonToken.END_ARRAY) {
          parser.skipChildren();
          element = parser.nextToken();
        }
      } else {
        parser.skipChildren();
      }
    }
    throw new IOException("it holds no array of objects");
  }

  private ObjectNode row(JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      return Json.MAPPER
          .reader()
          .without(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readTree(parser);
    }
    if (token != JsonToken.END_ARRAY) {
      throw new IOException("line " + lines.number() + " holds a row that is no JSON object");
    }
    rest();
    return null;
  }

  /** What stands behind the rows must be whole too. */
  private void rest() throws IOException {
    while (inObject && parser.nextToken() == JsonToken.FIELD_NAME) {
      parser.nextToken();
      parser.skipChildren();
    }
    if (parser.nextToken() != null) {
      throw new IOException("line " + lines.number() + " goes on behind the end of the document");
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
    lines.close();
  }
}
