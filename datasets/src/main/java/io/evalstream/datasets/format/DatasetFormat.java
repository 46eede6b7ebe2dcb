package io.evalstream.datasets.format;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the rows of a file are written. */
public enum DatasetFormat {
  /** A JSON object on each line; blank lines are skipped. */
  JSONL,
  /** One JSON array of objects, or one object with such an array in one of its fields. */
  JSON,
  /** Separated by commas with quotes (RFC 4180), or, in a file named .tsv, by tabs without. */
  CSV,
  /** Apache Parquet. */
  PARQUET;

  /** As manifests write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of that name.
   *
   * @throws DatasetException when there is none
   */
  public static DatasetFormat of(String text) {
    return Arrays.stream(values())
        .filter(format -> format.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new DatasetException(
                    Kind.USAGE, "Format " + text + " is not known: use " + names() + "."));
  }

  /**
   * The format that a file's name tells: .jsonl, .json, .csv, .tsv or .parquet, the text formats
   * also with .gz or .zst behind.
   *
   * @throws DatasetException when it tells none
   */
  public static DatasetFormat ofFile(Path file) {
    String name = Compression.nameWithin(file);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "jsonl" -> JSONL;
      case "json" -> JSON;
      case "csv", "tsv" -> CSV;
      case "parquet" -> PARQUET;
      default ->
          throw new DatasetException(
              Kind.USAGE,
              "The name of "
                  + file
                  + " does not tell its format: end it in .jsonl, .json, .csv, .tsv or .parquet"
                  + " (all but the last also with .gz or .zst), or name the format.");
    };
  }

  private static String names() {
    return Arrays.stream(values()).map(DatasetFormat::text).collect(Collectors.joining(", "));
  }
}
