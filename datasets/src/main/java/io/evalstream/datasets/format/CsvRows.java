package io.evalstream.datasets.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Separated values: every value is a text. */
final class CsvRows implements RowSource {

  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final Lines lines;
  private final MappingIterator<String[]> rows;
  private List<String> columns;

  /**
   * @param columns names of the columns of a file without a header; empty when the first row names
   *     them
   */
  CsvRows(Lines lines, boolean tabs, List<String> columns) throws IOException {
    this.lines = lines;
    this.columns = columns;
    CsvSchema schema = CsvSchema.emptySchema();
    this.rows =
        MAPPER
            .readerFor(String[].class)
            .with(tabs ? schema.withColumnSeparator('\t').withoutQuoteChar() : schema)
            .readValues(new LineReader(lines));
  }

  @Override
  public ObjectNode next() throws IOException {
    if (columns.isEmpty()) {
      String[] header = values();
      if (header == null) {
        return null;
      }
      columns = named(header);
    }
    String[] values = values();
    if (values == null) {
      return null;
    }
    if (values.length != columns.size()) {
      throw new IOException(
          "a row near line "
              + lines.number()
              + " has "
              + values.length
              + " values for "
              + columns.size()
              + " columns");
    }
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    for (int column = 0; column < values.length; column++) {
      row.put(columns.get(column), values[column]);
    }
    return row;
  }

  private static List<String> named(String[] header) throws IOException {
    Set<String> names = new HashSet<>();
    for (String name : header) {
      if (name.isBlank() || !names.add(name)) {
        throw new IOException(
            "its first row names column \""
                + name
                + "\" twice or not at all; if it is no header, name the columns");
      }
    }
    return List.of(header);
  }

  private String[] values() throws IOException {
    try {
      return rows.hasNextValue() ? rows.nextValue() : null;
    } catch (JsonProcessingException e) {
      throw new IOException("a row near line " + lines.number() + ": " + Json.why(e), e);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
    lines.close();
  }
}
