package io.evalstream.cli;

import io.evalstream.datasets.dedup.DatasetFile;
import io.evalstream.datasets.dedup.DeduplicationOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What of rows is compared, and how near is near. */
final class SimilarityOptions {

  @Option(
      names = "--fields",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = {
        "Fields that make the text of a row, in this order; a row may lack some but not all.",
        "Name all that make a question: passage,question,options."
      })
  private List<String> fields;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "Names of the columns of CSV without a header.")
  private List<String> columns = List.of();

  @Option(
      names = "--bands",
      paramLabel = "N",
      defaultValue = "50",
      description = "Bands of the MinHash signature; more find more (${DEFAULT-VALUE}).")
  private int bands;

  @Option(
      names = "--band-rows",
      paramLabel = "N",
      defaultValue = "4",
      description = "Rows of a band; more give fewer candidates (${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--distance",
      paramLabel = "D",
      defaultValue = "0.2",
      description = "Nearly the same: fewer edits per character (${DEFAULT-VALUE}).")
  private double distance;

  @Option(
      names = "--max-candidates",
      paramLabel = "N",
      defaultValue = "50000000",
      description = "Give up at more pairs to measure (${DEFAULT-VALUE}).")
  private long candidates;

  DeduplicationOptions options() {
    return new DeduplicationOptions(bands, rows, distance, candidates);
  }

  /** A file, whose columns get names if it is CSV and any are given. */
  DatasetFile file(Path path) {
    String name = path.getFileName().toString();
    boolean separated = name.contains(".csv") || name.contains(".tsv");
    return new DatasetFile(path, separated ? columns : List.of(), fields);
  }
}
