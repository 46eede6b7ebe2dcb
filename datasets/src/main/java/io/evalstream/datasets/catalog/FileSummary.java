package io.evalstream.datasets.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.format.DatasetFormat;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.format.Rows;
import io.evalstream.datasets.manifest.Manifest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the rows of a file look like.
 *
 * @param rows how many
 * @param fields in the order they first occur, each with every type it has
 */
public record FileSummary(long rows, List<Manifest.Field> fields) {

  private static final int MOST_FIELDS = 10_000;

  private static final class Seen {
    private final Set<String> types = new TreeSet<>();
    private long rows;
  }

  /**
   * Reads all rows.
   *
   * @throws DatasetException when the file is damaged, beyond a limit, or has no rows
   */
  public static FileSummary of(
      Path file, DatasetFormat format, List<String> columns, Limits limits) {
    Map<String, Seen> seen = new LinkedHashMap<>();
    long count = 0;
    try (Rows rows = Rows.open(file, format, columns, limits)) {
      while (rows.hasNext()) {
        ObjectNode row = rows.next();
        count++;
        for (Map.Entry<String, JsonNode> field : row.properties()) {
          Seen entry = seen.computeIfAbsent(field.getKey(), name -> new Seen());
          entry.rows++;
          entry.types.add(type(field.getValue()));
        }
        if (seen.size() > MOST_FIELDS) {
          throw new DatasetException(
              Kind.BROKEN,
              file + " has more than " + MOST_FIELDS + " different fields: that is no dataset.");
        }
      }
    }
    if (count == 0) {
      throw new DatasetException(Kind.BROKEN, file + " has no rows: name a file that has.");
    }
    long all = count;
    return new FileSummary(
        count,
        seen.entrySet().stream()
            .map(field -> field(field.getKey(), field.getValue(), all))
            .toList());
  }

  private static Manifest.Field field(String name, Seen seen, long rows) {
    boolean nullable = seen.types.remove("null") || seen.rows < rows;
    String types = String.join("|", seen.types);
    if (!nullable) {
      return new Manifest.Field(name, types);
    }
    return new Manifest.Field(name, types.isEmpty() ? "null" : types + "|null");
  }

  private static String type(JsonNode value) {
    return value.isBinary() ? "string" : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
