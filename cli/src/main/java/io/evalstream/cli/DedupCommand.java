package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.datasets.dedup.Cluster.Dropped;
import io.evalstream.datasets.dedup.DatasetFile;
import io.evalstream.datasets.dedup.Deduplication;
import io.evalstream.datasets.dedup.DeduplicationOptions;
import io.evalstream.datasets.dedup.Deduplicator;
import io.evalstream.datasets.dedup.Document;
import io.evalstream.datasets.dedup.Reports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rows that are there twice, in one file or across many. */
@Command(
    name = "dedup",
    description = {
      "Finds rows that are the same or nearly so, in one file or across many, and keeps one of each.",
      "Pairs whose numbers, names or negations differ are kept and listed. Files are not changed."
    })
final class DedupCommand implements Callable<Integer> {

  private static final String ENDING = ".dedup.jsonl";

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of rows.")
  private List<Path> files;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "dedup-report.jsonl",
      description = "Where every pair and decision goes, with texts (${DEFAULT-VALUE}).")
  private Path report;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where the rows that stay go, as NAME" + ENDING + "; nowhere when left out.")
  private Path output;

  @Mixin private SimilarityOptions similarity;

  @Override
  public Integer call() {
    DeduplicationOptions options = similarity.options();
    List<DatasetFile> datasets = files.stream().map(similarity::file).toList();
    requireDifferentNames(datasets);
    createOutput();
    List<Document> documents = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    for (DatasetFile dataset : datasets) {
      List<Document> read = dataset.documents();
      documents.addAll(read);
      rows.add((long) read.size());
    }
    Deduplication found = new Deduplicator(options).run(documents);
    String hash = Reports.write(found, report);
    print(datasets, rows, found, hash);
    if (output != null) {
      for (DatasetFile dataset : datasets) {
        Path target = output.resolve(dataset.name() + ENDING);
        long kept = dataset.writeKept(found, target);
        println("dedup.written", Numbers.count(kept), target);
      }
    }
    return ExitCode.FINE.number();
  }

  private static void requireDifferentNames(List<DatasetFile> datasets) {
    Set<String> names = new HashSet<>();
    for (DatasetFile dataset : datasets) {
      if (!names.add(dataset.name())) {
        throw new CliException(
            ExitCode.WRONG_USE,
            "Two files are named " + dataset.name() + ": rename one, or name it once.");
      }
    }
  }

  private void createOutput() {
    if (output == null) {
      return;
    }
    try {
      Files.createDirectories(output);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.WRONG_USE, output + " cannot be a folder for rows: name another.", e);
    }
  }

  private void print(
      List<DatasetFile> datasets, List<Long> rows, Deduplication found, String hash) {
    Messages messages = CommonOptions.of(spec).messages();
    PrintWriter out = spec.commandLine().getOut();
    TextTable table =
        new TextTable(
            messages.get("dedup.dataset"),
            messages.get("dedup.rows"),
            messages.get("dedup.exact"),
            messages.get("dedup.near"),
            messages.get("dedup.kept"));
    for (int at = 0; at < datasets.size(); at++) {
      String name = datasets.get(at).name();
      row(table, name, rows.get(at), dropped(found, name, true), dropped(found, name, false));
    }
    if (datasets.size() > 1) {
      row(table, messages.get("dedup.all"), found.before(), found.exact(), found.near());
    }
    table.lines().forEach(out::println);
    if (found.blocked() > 0) {
      println("dedup.blocked", Numbers.count(found.blocked()));
    }
    long between =
        found.pairs().stream()
            .filter(pair -> !pair.first().dataset().equals(pair.second().dataset()))
            .count();
    if (between > 0) {
      println("dedup.between", Numbers.count(between));
    }
    println("dedup.report", report, hash);
  }

  private static void row(TextTable table, String name, long rows, long exact, long near) {
    table.row(
        name,
        Numbers.count(rows),
        Numbers.count(exact),
        Numbers.count(near),
        Numbers.count(rows - exact - near));
  }

  private static long dropped(Deduplication found, String dataset, boolean exact) {
    return found.clusters().stream()
        .flatMap(cluster -> cluster.dropped().stream())
        .filter(dropped -> dropped.exact() == exact)
        .map(Dropped::document)
        .filter(document -> document.dataset().equals(dataset))
        .count();
  }

  private void println(String key, Object... arguments) {
    spec.commandLine().getOut().println(CommonOptions.of(spec).messages().get(key, arguments));
  }
}
