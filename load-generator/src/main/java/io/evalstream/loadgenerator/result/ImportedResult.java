package io.evalstream.loadgenerator.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a result file says, whoever wrote it.
 *
 * @param name the file, and the line if it has several
 * @param figures every field that is a number, by name
 * @param texts every field that is a text, by name
 */
public record ImportedResult(String name, Map<String, Double> figures, Map<String, String> texts) {

  static ImportedResult of(String name, JsonNode object) {
    Map<String, Double> figures = new TreeMap<>();
    Map<String, String> texts = new TreeMap<>();
    object
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber()) {
                figures.put(field.getKey(), field.getValue().doubleValue());
              } else if (field.getValue().isTextual()) {
                texts.put(field.getKey(), field.getValue().textValue());
              }
            });
    return new ImportedResult(name, figures, texts);
  }

  /** A figure, if the file has it. */
  public OptionalDouble figure(String field) {
    Double value = figures.get(field);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** A text or a number as it stands; null if the file has none. */
  public String text(String field) {
    Double number = figures.get(field);
    if (number == null) {
      return texts.get(field);
    }
    return number == Math.rint(number) ? Long.toString(Math.round(number)) : number.toString();
  }
}
