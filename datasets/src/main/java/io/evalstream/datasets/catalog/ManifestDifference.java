package io.evalstream.datasets.catalog;

import io.evalstream.datasets.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Something that two manifests say differently, other than which they are.
 *
 * @param field as the manifest names it
 * @param one what the first says; empty when it says nothing
 * @param other what the second says
 */
public record ManifestDifference(String field, String one, String other) {

  /** Everything they say differently, in the order of the manifest. */
  public static List<ManifestDifference> between(Manifest one, Manifest other) {
    Map<String, String> left = said(one.spec());
    Map<String, String> right = said(other.spec());
    Map<String, String> all = new LinkedHashMap<>(left);
    right.forEach(all::putIfAbsent);
    List<ManifestDifference> differences = new ArrayList<>();
    for (String field : all.keySet()) {
      String before = left.getOrDefault(field, "");
      String after = right.getOrDefault(field, "");
      if (!before.equals(after)) {
        differences.add(new ManifestDifference(field, before, after));
      }
    }
    return differences;
  }

  private static Map<String, String> said(Manifest.Spec spec) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("type", spec.type().text());
    said.put("category", spec.category());
    said.put("language", spec.language());
    said.put("size", Objects.toString(spec.size(), ""));
    said.put("rows", Objects.toString(spec.rows(), ""));
    said.put("sha256", spec.checksum() == null ? "" : spec.checksum().sha256());
    said.put("bucket", spec.storage().bucket());
    said.put("format", spec.storage().format());
    if (spec.fields() != null) {
      spec.fields().forEach(field -> said.put("fields." + field.name(), field.type()));
    }
    said.put("deduplication", Objects.toString(spec.deduplication(), ""));
    said.put("source", spec.source());
    said.put("licence", spec.licence());
    return said;
  }
}
