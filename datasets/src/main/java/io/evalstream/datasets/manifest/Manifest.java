package io.evalstream.datasets.manifest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.evalstream.datasets.format.DatasetFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One version of one dataset. A version never changes: other bytes are another version.
 *
 * <p>Every part checks itself and names what is wrong in an {@link IllegalArgumentException}.
 *
 * @param apiVersion {@link #API_VERSION}
 * @param kind {@link #KIND}
 * @param metadata which dataset it is
 * @param spec what it consists of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(String apiVersion, String kind, Metadata metadata, Spec spec) {

  /** The only version of the form. */
  public static final String API_VERSION = "evalstream.io/v1";

  /** The only kind. */
  public static final String KIND = "Dataset";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int LONGEST_NAME = 100;

  /** Checks itself. */
  public Manifest {
    require(API_VERSION.equals(apiVersion), "apiVersion", "must be " + API_VERSION);
    require(KIND.equals(kind), "kind", "must be " + KIND);
    require(metadata != null, "metadata", "is missing");
    require(spec != null, "spec", "is missing");
  }

  /** A manifest of the current form. */
  public static Manifest of(Metadata metadata, Spec spec) {
    return new Manifest(API_VERSION, KIND, metadata, spec);
  }

  /** {@code name:version}. */
  @JsonIgnore
  public String id() {
    return metadata.name() + ":" + metadata.version();
  }

  /**
   * Which dataset it is.
   *
   * @param name small letters and digits, joined by single dots, dashes or underscores
   * @param version of the same form
   */
  public record Metadata(String name, String version) {

    /** Checks itself. */
    public Metadata {
      requireName("metadata.name", name);
      requireName("metadata.version", version);
    }
  }

  /**
   * What it consists of.
   *
   * @param type what it is for
   * @param category its subject
   * @param language language tags as in ISO 639-1, or {@code mul} for several
   * @param data whether somebody has put the bytes in place
   * @param size bytes; null while data is absent
   * @param rows null while data is absent
   * @param checksum null while data is absent
   * @param storage where the bytes are, or belong
   * @param fields of a row, in their order; null while data is absent
   * @param deduplication null when nobody has looked for duplicates
   * @param source where it is from
   * @param licence under which it may be used
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Spec(
      Type type,
      String category,
      String language,
      Data data,
      Long size,
      Long rows,
      Checksum checksum,
      Storage storage,
      List<Field> fields,
      Deduplication deduplication,
      String source,
      String licence) {

    /** Checks itself. */
    public Spec {
      require(type != null, "spec.type", "is missing");
      requireText("spec.category", category);
      requireText("spec.language", language);
      require(data != null, "spec.data", "is missing");
      require(storage != null, "spec.storage", "is missing");
      requireText("spec.source", source);
      requireText("spec.licence", licence);
      boolean present = data == Data.PRESENT;
      String rule = present ? "is missing" : "must be left out while data is absent";
      require((checksum != null) == present, "spec.checksum", rule);
      require((size != null) == present, "spec.size", rule);
      require((rows != null) == present, "spec.rows", rule);
      require((fields != null) == present, "spec.fields", rule);
      require(size == null || size >= 0, "spec.size", "must not be negative");
      require(rows == null || rows >= 0, "spec.rows", "must not be negative");
      require(present || deduplication == null, "spec.deduplication", rule);
      fields = fields == null ? null : List.copyOf(fields);
    }
  }

  /** What a dataset is for. */
  public enum Type {
    /** A published benchmark. */
    @JsonProperty("benchmark")
    BENCHMARK,
    /** Cases for metrics of one's own. */
    @JsonProperty("custom")
    CUSTOM,
    /** Queries of a service, anonymised. */
    @JsonProperty("regression")
    REGRESSION;

    /** As manifests write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The type of that name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Type of(String text) {
      return Arrays.stream(values())
          .filter(type -> type.text().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Type " + text + " is not known: use benchmark, custom or regression."));
    }
  }

  /** Whether somebody has put the bytes in place. */
  public enum Data {
    @JsonProperty("present")
    PRESENT,
    @JsonProperty("absent")
    ABSENT
  }

  /**
   * What the bytes must hash to.
   *
   * @param sha256 in lower-case hexadecimal
   */
  public record Checksum(String sha256) {

    /** Checks itself. */
    public Checksum {
      require(
          sha256 != null && SHA256.matcher(sha256).matches(),
          "spec.checksum.sha256",
          "must be 64 digits 0-9a-f");
    }
  }

  /**
   * Where the bytes are.
   *
   * @param bucket of the object store
   * @param path within the bucket; its last part is also the file's name
   * @param format a {@link DatasetFormat}
   * @param columns names of the columns of CSV without a header; null otherwise
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Storage(String bucket, String path, String format, List<String> columns) {

    /** Checks itself. */
    public Storage {
      require(
          bucket != null && BUCKET.matcher(bucket).matches(),
          "spec.storage.bucket",
          "must be 3 to 63 small letters, digits, dots or dashes");
      require(
          path != null && PATH.matcher(path).matches() && path.length() <= 500,
          "spec.storage.path",
          "must be names of letters, digits, dots, dashes and underscores, joined by /, none of"
              + " them beginning with a dot");
      require(
          Arrays.stream(DatasetFormat.values()).anyMatch(known -> known.text().equals(format)),
          "spec.storage.format",
          "must be jsonl, json, csv or parquet");
      columns = columns == null || columns.isEmpty() ? null : List.copyOf(columns);
    }

    /** The file's name. */
    public String fileName() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /**
   * A field of a row.
   *
   * @param name as in the file
   * @param type string, number, boolean, array or object; several joined by {@code |}, with null
   *     when rows leave it out or have null
   */
  public record Field(String name, String type) {

    /** Checks itself. */
    public Field {
      requireText("spec.fields.name", name);
      requireText("spec.fields.type", type);
    }
  }

  /**
   * What looking for duplicates found.
   *
   * @param before rows there were
   * @param after rows there are
   * @param exact rows taken out because another was the same
   * @param near rows taken out because another was nearly the same
   * @param blocked pairs that were nearly the same and were kept
   */
  public record Deduplication(long before, long after, long exact, long near, long blocked) {

    /** Checks itself. */
    public Deduplication {
      require(
          exact >= 0 && near >= 0 && blocked >= 0 && after >= 0,
          "spec.deduplication",
          "must not have negative counts");
      require(
          before - exact - near == after,
          "spec.deduplication",
          "does not add up: before - exact - near must be after");
    }
  }

  private static void requireName(String field, String value) {
    require(
        value != null && value.length() <= LONGEST_NAME && NAME.matcher(value).matches(),
        field,
        "must be small letters and digits, joined by single dots, dashes or underscores");
  }

  private static void requireText(String field, String value) {
    require(value != null && !value.isBlank(), field, "is missing");
  }

  private static void require(boolean condition, String field, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(field + " " + rule);
    }
  }
}
