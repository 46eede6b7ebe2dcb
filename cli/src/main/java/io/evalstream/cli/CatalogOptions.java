package io.evalstream.cli;

import io.evalstream.datasets.catalog.Cache;
import io.evalstream.datasets.catalog.Catalog;
import io.evalstream.datasets.format.Limits;
import io.evalstream.datasets.manifest.Manifests;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where manifests and data are on this machine, and how much of a file is read. */
final class CatalogOptions {

  @Option(
      names = "--manifests",
      paramLabel = "DIR",
      defaultValue = "datasets/manifests",
      description = "Folder of the manifests (${DEFAULT-VALUE}).")
  private Path manifests;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      defaultValue = ".evalstream/datasets",
      description = "Where data is kept on this machine (${DEFAULT-VALUE}).")
  private Path cache;

  @Option(
      names = "--max-file-bytes",
      paramLabel = "N",
      description = "Refuse larger files (16 GiB).")
  private long fileBytes = Limits.DEFAULT.fileBytes();

  @Option(
      names = "--max-expanded-bytes",
      paramLabel = "N",
      description = "Refuse files that decompress to more (64 GiB).")
  private long expandedBytes = Limits.DEFAULT.expandedBytes();

  @Option(
      names = "--max-line-bytes",
      paramLabel = "N",
      description = "Refuse files with longer lines (16 MiB).")
  private int lineBytes = Limits.DEFAULT.lineBytes();

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      description = "Refuse files with more rows (100000000).")
  private long rows = Limits.DEFAULT.rows();

  Manifests manifests() {
    return new Manifests(manifests);
  }

  Catalog catalog() {
    return new Catalog(
        manifests(), new Cache(cache), new Limits(fileBytes, expandedBytes, lineBytes, rows));
  }
}
