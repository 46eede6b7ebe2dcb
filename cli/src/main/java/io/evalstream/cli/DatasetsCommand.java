package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.datasets.catalog.Catalog;
import io.evalstream.datasets.catalog.ManifestDifference;
import io.evalstream.datasets.format.DatasetFormat;
import io.evalstream.datasets.manifest.Description;
import io.evalstream.datasets.manifest.Manifest;
import io.evalstream.datasets.manifest.Manifests;
import io.evalstream.datasets.store.ObjectStore;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Datasets: what they are, where they are, and whether they are what they should be. */
@Command(
    name = "datasets",
    description = "Keeps datasets: manifests here, data in the object store.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DedupCommand.class, ContaminationCommand.class, SnapshotCommand.class})
final class DatasetsCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "add",
      description = {
        "Describes a file: hash, rows, fields. Writes its manifest, keeps a copy, uploads it.",
        "A version never changes: other bytes need another --version."
      })
  int add(
      @Parameters(paramLabel = "FILE", description = "The file.") Path file,
      @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name.")
          String name,
      @Option(
              names = "--version",
              required = true,
              paramLabel = "VERSION",
              description = "Its version.")
          String version,
      @Option(
              names = "--type",
              defaultValue = "benchmark",
              paramLabel = "TYPE",
              description = "benchmark, custom or regression (${DEFAULT-VALUE}).")
          String type,
      @Option(
              names = "--category",
              required = true,
              paramLabel = "WORD",
              description = "Its subject.")
          String category,
      @Option(
              names = "--language",
              required = true,
              paramLabel = "TAG",
              description = "Its language, as ISO 639-1; mul for several.")
          String language,
      @Option(
              names = "--source",
              required = true,
              paramLabel = "TEXT",
              description = "Where it is from.")
          String source,
      @Option(
              names = "--licence",
              required = true,
              paramLabel = "TEXT",
              description = "Under which it may be used.")
          String licence,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              description = "jsonl, json, csv or parquet; as the file's name tells when left out.")
          String format,
      @Option(
              names = "--columns",
              split = ",",
              paramLabel = "NAME",
              description = "Names of the columns of CSV without a header.")
          List<String> columns,
      @Option(
              names = "--bucket",
              defaultValue = "${env:BUCKET_NAME:-llm-eval-ds}",
              paramLabel = "BUCKET",
              description = "Where it belongs (${DEFAULT-VALUE}); $BUCKET_NAME.")
          String bucket,
      @Option(names = "--no-upload", description = "Leave the upload to push.") boolean noUpload,
      @Mixin CatalogOptions catalogOptions,
      @Mixin ObjectStoreOptions storeOptions) {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    Catalog catalog = catalogOptions.catalog();
    Manifest.Metadata metadata = new Manifest.Metadata(name, version);
    Description description =
        new Description(Manifest.Type.of(type), category, language, source, licence);
    DatasetFormat known = format == null ? DatasetFormat.ofFile(file) : DatasetFormat.of(format);
    try (ObjectStore store = noUpload ? null : storeOptions.open(options)) {
      Manifest manifest;
      try (TransferProgress progress = progress("datasets.hashing", metadata.name())) {
        manifest =
            catalog.add(
                file,
                known,
                columns == null ? List.of() : columns,
                metadata,
                bucket,
                description,
                progress);
      }
      out.println(
          messages.get(
              "datasets.added",
              manifest.id(),
              Numbers.count(manifest.spec().rows()),
              Numbers.count(manifest.spec().size()),
              manifest.spec().checksum().sha256()));
      if (store != null) {
        push(catalog, manifest, null, store);
      }
    }
    return ExitCode.FINE.number();
  }

  @Command(name = "push", description = "Uploads the data of a dataset, after verifying it.")
  int push(
      @Parameters(paramLabel = "NAME[:VERSION]", description = "The dataset.") String id,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "Its data; the copy on this machine when left out.")
          Path file,
      @Mixin CatalogOptions catalogOptions,
      @Mixin ObjectStoreOptions storeOptions) {
    Manifest manifest = catalogOptions.manifests().get(id);
    try (ObjectStore store = storeOptions.open(CommonOptions.of(spec))) {
      push(catalogOptions.catalog(), manifest, file, store);
    }
    return ExitCode.FINE.number();
  }

  @Command(
      name = "pull",
      description = {
        "Fetches the data of a dataset, going on where an earlier attempt ended.",
        "A file has its name only when its hash is right."
      })
  int pull(
      @Parameters(paramLabel = "NAME[:VERSION]", description = "The dataset.") String id,
      @Mixin CatalogOptions catalogOptions,
      @Mixin ObjectStoreOptions storeOptions) {
    CommonOptions options = CommonOptions.of(spec);
    Manifest manifest = catalogOptions.manifests().get(id);
    try (ObjectStore store = storeOptions.open(options);
        TransferProgress progress = progress("datasets.pulling", manifest.id())) {
      Path file = catalogOptions.catalog().pull(manifest, store, progress);
      progress.close();
      spec.commandLine()
          .getOut()
          .println(options.messages().get("datasets.pulled", manifest.id(), file));
    }
    return ExitCode.FINE.number();
  }

  @Command(
      name = "verify",
      description = {
        "Checks that data has the bytes its manifest says, before anybody parses it.",
        "Without a name, everything that is on this machine."
      })
  int verify(
      @Parameters(arity = "0..1", paramLabel = "NAME[:VERSION]", description = "The dataset.")
          String id,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "Its data; the copy on this machine when left out.")
          Path file,
      @Option(names = "--rows", description = "Then also read the rows and compare their fields.")
          boolean rows,
      @Mixin CatalogOptions catalogOptions) {
    CommonOptions options = CommonOptions.of(spec);
    Catalog catalog = catalogOptions.catalog();
    if (id == null && file != null) {
      throw new CliException(
          ExitCode.WRONG_USE, "--file is given without a dataset: name the one it should be.");
    }
    List<Manifest> manifests =
        id != null
            ? List.of(catalogOptions.manifests().get(id))
            : catalogOptions.manifests().all().stream()
                .filter(manifest -> Files.exists(catalog.file(manifest)))
                .toList();
    for (Manifest manifest : manifests) {
      Path data = file == null ? catalog.file(manifest) : file;
      try (TransferProgress progress = progress("datasets.hashing", manifest.id())) {
        catalog.verify(manifest, data, progress);
      }
      if (rows) {
        catalog.verifyRows(manifest, data);
      }
      spec.commandLine()
          .getOut()
          .println(options.messages().get("datasets.verified", manifest.id(), data));
    }
    if (manifests.isEmpty()) {
      spec.commandLine().getOut().println(options.messages().get("datasets.nothing"));
      return ExitCode.INCOMPLETE.number();
    }
    return ExitCode.FINE.number();
  }

  @Command(name = "list", description = "All datasets and whether their data is here.")
  int list(@Mixin CatalogOptions catalogOptions) {
    Messages messages = CommonOptions.of(spec).messages();
    Catalog catalog = catalogOptions.catalog();
    TextTable table =
        new TextTable(
            messages.get("datasets.dataset"),
            messages.get("datasets.type"),
            messages.get("datasets.language"),
            messages.get("datasets.rows"),
            messages.get("datasets.bytes"),
            messages.get("datasets.data"),
            messages.get("datasets.licence"));
    for (Manifest manifest : catalogOptions.manifests().all()) {
      Manifest.Spec described = manifest.spec();
      boolean absent = described.data() == Manifest.Data.ABSENT;
      String state = Files.exists(catalog.file(manifest)) ? "here" : "stored";
      table.row(
          manifest.id(),
          described.type().text(),
          described.language(),
          absent ? "–" : Numbers.count(described.rows()),
          absent ? "–" : Numbers.count(described.size()),
          messages.get("datasets.data." + (absent ? "absent" : state)),
          described.licence());
    }
    table.lines().forEach(spec.commandLine().getOut()::println);
    return ExitCode.FINE.number();
  }

  @Command(
      name = "diff",
      description = "What differs between two datasets, or two versions of one.")
  int diff(
      @Parameters(index = "0", paramLabel = "A", description = "NAME[:VERSION].") String one,
      @Parameters(index = "1", paramLabel = "B", description = "NAME[:VERSION].") String other,
      @Mixin CatalogOptions catalogOptions) {
    Messages messages = CommonOptions.of(spec).messages();
    Manifests manifests = catalogOptions.manifests();
    Manifest left = manifests.get(one);
    Manifest right = manifests.get(other);
    List<ManifestDifference> differences = ManifestDifference.between(left, right);
    PrintWriter out = spec.commandLine().getOut();
    if (differences.isEmpty()) {
      out.println(messages.get("datasets.same", left.id(), right.id()));
      return ExitCode.FINE.number();
    }
    TextTable table = new TextTable(messages.get("datasets.field"), left.id(), right.id());
    differences.forEach(
        difference -> table.row(difference.field(), difference.one(), difference.other()));
    table.lines().forEach(out::println);
    return ExitCode.FINE.number();
  }

  private void push(Catalog catalog, Manifest manifest, Path file, ObjectStore store) {
    Messages messages = CommonOptions.of(spec).messages();
    Manifest.Storage storage = manifest.spec().storage();
    boolean sent;
    try (TransferProgress progress = progress("datasets.pushing", manifest.id())) {
      sent = catalog.push(manifest, file, store, progress);
    }
    spec.commandLine()
        .getOut()
        .println(
            messages.get(
                sent ? "datasets.pushed" : "datasets.pushed_before",
                manifest.id(),
                store.address(storage.bucket(), storage.path())));
  }

  private TransferProgress progress(String key, String what) {
    return new TransferProgress(
        spec.commandLine().getOut(), CommonOptions.of(spec).messages().get(key, what));
  }
}
