package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.datasets.catalog.Catalog;
import io.evalstream.datasets.format.DatasetFormat;
import io.evalstream.datasets.manifest.Description;
import io.evalstream.datasets.manifest.Manifest;
import io.evalstream.datasets.snapshot.KeyFile;
import io.evalstream.datasets.snapshot.LogFields;
import io.evalstream.datasets.snapshot.Proof;
import io.evalstream.datasets.snapshot.Snapshot;
import io.evalstream.datasets.snapshot.SnapshotFiles;
import io.evalstream.datasets.snapshot.SnapshotSummary;
import io.evalstream.datasets.snapshot.anonymize.Change;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The day's version of the regression set. */
@Command(
    name = "snapshot",
    description = {
      "Makes the day's version of the regression set from a log of service queries: without personal",
      "data as far as rules find it, a sample of which the same log gives the same. No rule finds",
      "everything: look at what it writes before it leaves the machine."
    })
final class SnapshotCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Logs: jsonl, json, csv, tsv or parquet.")
  private List<Path> logs;

  @Option(
      names = "--prompt-field",
      paramLabel = "FIELD",
      defaultValue = "prompt",
      description =
          "Column of the question, or a JSON pointer such as /messages/0/content (${DEFAULT-VALUE}).")
  private String promptField;

  @Option(
      names = "--id-field",
      paramLabel = "FIELD",
      description = "Column that names the row; its place in the log when left out.")
  private String idField;

  @Option(
      names = "--time-field",
      paramLabel = "FIELD",
      description = "Column of the time; the day is kept. Without it none is.")
  private String timeField;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many questions to draw (${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the draw (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--day",
      paramLabel = "YYYYMMDD",
      description = "The version; today's when left out.")
  private String day;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = ".evalstream/snapshots",
      description = "Where versions are kept (${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      defaultValue = ".evalstream/snapshot.key",
      description = "Key of the proof's hashes, made when it is not there (${DEFAULT-VALUE}).")
  private Path keyFile;

  @Option(
      names = "--explain",
      paramLabel = "ROW",
      description = "Only say which rules changed what in a row of the day's version, by its id.")
  private String explain;

  @Option(
      names = "--bucket",
      defaultValue = "${env:BUCKET_NAME:-llm-eval-ds}",
      paramLabel = "BUCKET",
      description = "Where the rows belong (${DEFAULT-VALUE}); $BUCKET_NAME.")
  private String bucket;

  @Option(names = "--no-upload", description = "Leave the upload to push.")
  private boolean noUpload;

  @Mixin private CatalogOptions catalogOptions;

  @Mixin private ObjectStoreOptions storeOptions;

  @Override
  public Integer call() {
    Messages messages = CommonOptions.of(spec).messages();
    String version =
        Objects.requireNonNullElseGet(
            day,
            () -> LocalDate.now(ZoneId.systemDefault()).format(DateTimeFormatter.BASIC_ISO_DATE));
    SnapshotFiles files = new SnapshotFiles(output);
    if (explain != null) {
      return explain(messages, files, version);
    }
    if (logs == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--log=FILE': name the log to read.");
    }
    LogFields fields = new LogFields(promptField, idField, timeField);
    Path rows = files.rows(version);
    Catalog catalog = catalogOptions.catalog();
    try (ObjectStore store = noUpload ? null : storeOptions.open(CommonOptions.of(spec))) {
      Snapshot snapshot = Snapshot.of(logs, fields, KeyFile.open(keyFile), size, seed);
      boolean written = files.write(version, snapshot);
      print(messages, snapshot.summary());
      PrintWriter out = spec.commandLine().getOut();
      out.println(messages.get(written ? "snapshot.written" : "snapshot.unchanged", rows));
      Manifest manifest = describe(catalog, rows, version, snapshot);
      if (store != null) {
        boolean sent = catalog.push(manifest, rows, store, Progress.NONE);
        out.println(
            messages.get(
                sent ? "datasets.pushed" : "datasets.pushed_before",
                manifest.id(),
                store.address(bucket, manifest.spec().storage().path())));
      }
    }
    return ExitCode.FINE.number();
  }

  /** Of all files only the rows' gets a manifest: nothing else is ever uploaded. */
  private Manifest describe(Catalog catalog, Path rows, String version, Snapshot snapshot) {
    boolean korean = snapshot.rows().stream().allMatch(row -> row.language().equals("ko"));
    return catalog.add(
        rows,
        DatasetFormat.JSONL,
        List.of(),
        new Manifest.Metadata(SnapshotFiles.NAME, version),
        bucket,
        new Description(
            Manifest.Type.REGRESSION,
            "service-queries",
            korean ? "ko" : "mul",
            "a log of service queries, anonymised by rules",
            "internal"),
        Progress.NONE);
  }

  private void print(Messages messages, SnapshotSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    TextTable rules =
        new TextTable(messages.get("snapshot.rule"), messages.get("snapshot.changes"));
    summary.rules().forEach((rule, count) -> rules.row(rule, Numbers.count(count)));
    rules.lines().forEach(out::println);
    out.println();
    out.println(
        messages.get(
            "snapshot.rows",
            Numbers.count(summary.rows()),
            Numbers.count(summary.changed()),
            Numbers.count(summary.empty())));
    summary
        .leftOut()
        .forEach(
            (risk, count) ->
                out.println(messages.get("snapshot.left-out", Numbers.count(count), risk)));
    out.println(
        messages.get(
            "snapshot.sampled",
            Numbers.count(summary.sampled()),
            Numbers.count(summary.candidates()),
            Numbers.count(summary.nearDuplicates())));
    out.println(messages.get("snapshot.limits"));
  }

  private int explain(Messages messages, SnapshotFiles files, String version) {
    Proof proof =
        files
            .proof(version, explain)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.WRONG_USE,
                        "Version "
                            + version
                            + " has no row "
                            + explain
                            + ": take an id from "
                            + files.rows(version)
                            + "."));
    TextTable table =
        new TextTable(
            messages.get("snapshot.rule"),
            messages.get("snapshot.offset"),
            messages.get("snapshot.length"),
            messages.get("snapshot.placeholder"));
    for (Change change : proof.changes()) {
      table.row(
          change.rule() + "@" + change.version(),
          Numbers.count(change.offset()),
          Numbers.count(change.length()),
          change.placeholder());
    }
    table.lines().forEach(spec.commandLine().getOut()::println);
    return ExitCode.FINE.number();
  }
}
