package io.evalstream.datasets.dedup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.evalstream.datasets.Sha256;
import io.evalstream.datasets.format.JsonlWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * Writes results as JSON lines: one line {@code summary}, then one for every pair and every
 * cluster, or for every match. The same rows under the same numbers give the same bytes. Reports
 * have the texts of the rows.
 */
public final class Reports {

  private static final int BUFFER = 1 << 16;

  private Reports() {}

  /**
   * Writes what a search for duplicates found.
   *
   * @return the file's SHA-256 in lower-case hexadecimal
   * @throws DatasetException when it cannot be written
   */
  public static String write(Deduplication found, Path file) {
    try (JsonlWriter out = JsonlWriter.create(file)) {
      ObjectNode summary = line("summary");
      summary.put("method", Deduplication.METHOD);
      parameters(summary, found.options());
      summary
          .put("before", found.before())
          .put("after", found.after())
          .put("exact", found.exact())
          .put("near", found.near())
          .put("blocked", found.blocked())
          .put("candidates", found.candidates());
      out.write(summary);
      for (Pair pair : found.pairs()) {
        ObjectNode line = line("pair");
        line.put("match", text(pair.match()));
        line.put("distance", pair.distance());
        line.put("decision", text(pair.decision()));
        differences(line, pair.differences());
        line.set("first", document(pair.first()));
        line.set("second", document(pair.second()));
        out.write(line);
      }
      for (Cluster cluster : found.clusters()) {
        ObjectNode line = line("cluster");
        line.set("kept", place(cluster.kept()));
        ArrayNode dropped = line.putArray("dropped");
        for (Cluster.Dropped row : cluster.dropped()) {
          dropped.add(
              place(row.document())
                  .put("match", row.exact() ? "exact" : "near")
                  .put("distance", row.distance()));
        }
        out.write(line);
      }
      out.finish();
    }
    return sha256(file);
  }

  /**
   * Writes what of a benchmark is in other rows.
   *
   * @return the file's SHA-256 in lower-case hexadecimal
   * @throws DatasetException when it cannot be written
   */
  public static String write(Contamination found, Path file) {
    try (JsonlWriter out = JsonlWriter.create(file)) {
      ObjectNode summary = line("summary");
      summary.put("method", Contamination.METHOD);
      parameters(summary, found.options());
      summary.put("rows", found.rows()).put("others", found.others());
      for (Contamination.Kind kind : Contamination.Kind.values()) {
        summary.put(text(kind), found.rows(kind));
      }
      out.write(summary);
      for (Contamination.Match match : found.matches()) {
        ObjectNode line = line("match");
        line.put("match", text(match.kind()));
        line.put("distance", match.distance());
        differences(line, match.differences());
        line.set("row", document(match.row()));
        line.set("other", document(match.other()));
        out.write(line);
      }
      out.finish();
    }
    return sha256(file);
  }

  private static ObjectNode line(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  private static void parameters(ObjectNode line, DeduplicationOptions options) {
    line.putObject("parameters")
        .put("gram", BandKeys.GRAM)
        .put("bands", options.bands())
        .put("rows", options.rows())
        .put("distance", options.distance());
  }

  private static void differences(ObjectNode line, List<Difference> differences) {
    if (differences.isEmpty()) {
      return;
    }
    ArrayNode array = line.putArray("differences");
    for (Difference difference : differences) {
      array
          .addObject()
          .put("kind", text(difference.kind()))
          .put("first", difference.first())
          .put("second", difference.second());
    }
  }

  private static ObjectNode document(Document document) {
    return place(document).put("text", document.text());
  }

  private static ObjectNode place(Document document) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("dataset", document.dataset())
        .put("row", document.row());
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String sha256(Path file) {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN, file + " cannot be read again (" + e.getMessage() + "): repeat it.", e);
    }
    return Sha256.hex(digest);
  }
}
