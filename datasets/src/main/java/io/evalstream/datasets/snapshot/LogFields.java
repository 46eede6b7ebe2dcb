package io.evalstream.datasets.snapshot;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.util.Objects;

/**
 * Where a row of a log holds what. A field is a column's name, or a JSON pointer such as {@code
 * /messages/0/content}.
 *
 * @param prompt the question
 * @param id what names the row; null when its place in the log does
 * @param time when it was asked; null when that is not told
 */
public record LogFields(String prompt, String id, String time) {

  public LogFields {
    Objects.requireNonNull(prompt, "prompt");
    check(prompt);
    check(id);
    check(time);
  }

  private static void check(String field) {
    if (field == null) {
      return;
    }
    if (field.isBlank()) {
      throw new DatasetException(Kind.USAGE, "A field has no name: give one, or leave it out.");
    }
    try {
      pointer(field);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          Kind.USAGE, field + " is no JSON pointer: write it as /messages/0/content.", e);
    }
  }

  /** A field's value; missing when the row has none. */
  static JsonNode value(ObjectNode row, String field) {
    return row.at(pointer(field));
  }

  private static JsonPointer pointer(String field) {
    return field.startsWith("/")
        ? JsonPointer.compile(field)
        : JsonPointer.empty().appendProperty(field);
  }
}
