package io.evalstream.datasets.dedup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.format.DatasetFormat;
import io.evalstream.datasets.format.JsonlWriter;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.format.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file whose rows are compared, named after it.
 *
 * @param path of the file
 * @param columns names for the columns of CSV without a header; empty for every other file
 * @param fields what is compared of a row, in this order; those that a row does not have, or has as
 *     null, are left out; the values of lists and objects follow each other
 */
public record DatasetFile(Path path, List<String> columns, List<String> fields) {

  /** Copies its lists. */
  public DatasetFile {
    columns = List.copyOf(columns);
    fields = List.copyOf(fields);
  }

  /** The file's name without its folder. */
  public String name() {
    return path.getFileName().toString();
  }

  /**
   * All its rows.
   *
   * @throws DatasetException when it cannot be read, or a row has none of the fields
   */
  public List<Document> documents() {
    List<Document> documents = new ArrayList<>();
    try (Rows rows = open()) {
      while (rows.hasNext()) {
        ObjectNode row = rows.next();
        String text =
            fields.stream()
                .flatMap(field -> texts(row.path(field)))
                .collect(Collectors.joining("\n"));
        if (text.isBlank()) {
          throw new DatasetException(
              Kind.USAGE,
              "Row "
                  + rows.rowNumber()
                  + " of "
                  + path
                  + " has no text in "
                  + String.join(", ", fields)
                  + ": name fields it has, as "
                  + String.join(", ", (Iterable<String>) row::fieldNames)
                  + ".");
        }
        documents.add(new Document(name(), rows.rowNumber(), text));
      }
    }
    return documents;
  }

  /**
   * Writes its rows that stay as JSON lines.
   *
   * @return how many there were
   * @throws DatasetException when it cannot be read or they cannot be written
   */
  public long writeKept(Deduplication deduplication, Path target) {
    Set<Long> dropped =
        deduplication.clusters().stream()
            .flatMap(cluster -> cluster.dropped().stream())
            .map(Cluster.Dropped::document)
            .filter(document -> document.dataset().equals(name()))
            .map(Document::row)
            .collect(Collectors.toSet());
    long kept = 0;
    try (Rows rows = open();
        JsonlWriter out = JsonlWriter.create(target)) {
      while (rows.hasNext()) {
        ObjectNode row = rows.next();
        if (!dropped.contains(rows.rowNumber())) {
          out.write(row);
          kept++;
        }
      }
      out.finish();
    }
    return kept;
  }

  private Rows open() {
    return Rows.open(path, DatasetFormat.ofFile(path), columns, Limits.DEFAULT);
  }

  private static Stream<String> texts(JsonNode value) {
    if (value.isContainerNode()) {
      List<String> texts = new ArrayList<>();
      value.forEach(element -> texts(element).forEach(texts::add));
      return texts.stream();
    }
    return value.isNull() || value.isMissingNode() ? Stream.empty() : Stream.of(value.asText());
  }
}
