package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.datasets.dedup.Contamination;
import io.evalstream.datasets.dedup.Contamination.Kind;
import io.evalstream.datasets.dedup.ContaminationCheck;
import io.evalstream.datasets.dedup.DatasetFile;
import io.evalstream.datasets.dedup.Document;
import io.evalstream.datasets.dedup.Reports;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What of a benchmark is in other files. */
@Command(
    name = "contamination",
    description = {
      "Looks for the rows of a benchmark in other files: few-shot examples, another benchmark,",
      "training data. Finds rows that are the same, nearly so, or within a longer text; not",
      "paraphrases or translations. Exit code 1 when any are found."
    })
final class ContaminationCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BENCHMARK", description = "The benchmark's file.")
  private Path benchmark;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files it is looked for in.")
  private List<Path> files;

  @Option(
      names = "--other-fields",
      split = ",",
      paramLabel = "NAME",
      description = "Fields of the other files; --fields when left out.")
  private List<String> otherFields;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "contamination-report.jsonl",
      description = "Where every match goes, with texts (${DEFAULT-VALUE}).")
  private Path report;

  @Mixin private SimilarityOptions similarity;

  @Override
  public Integer call() {
    ContaminationCheck check = new ContaminationCheck(similarity.options());
    List<Document> rows = similarity.file(benchmark).documents();
    List<Document> others = new ArrayList<>();
    for (Path file : files) {
      DatasetFile other = similarity.file(file);
      others.addAll(
          (otherFields == null
                  ? other
                  : new DatasetFile(other.path(), other.columns(), otherFields))
              .documents());
    }
    Contamination found = check.check(rows, others);
    String hash = Reports.write(found, report);
    print(found, hash);
    return (found.matches().isEmpty() ? ExitCode.FINE : ExitCode.REGRESSED).number();
  }

  private void print(Contamination found, String hash) {
    Messages messages = CommonOptions.of(spec).messages();
    PrintWriter out = spec.commandLine().getOut();
    TextTable table =
        new TextTable(
            messages.get("contamination.kind", benchmark.getFileName()),
            messages.get("contamination.rows"),
            messages.get("contamination.share"));
    long any = 0;
    for (Kind kind : Kind.values()) {
      long count = found.rows(kind);
      any += count;
      String name = messages.get("contamination." + kind.name().toLowerCase(Locale.ROOT));
      table.row(name, Numbers.count(count), Numbers.percent(count, found.rows()));
    }
    table.row(
        messages.get("contamination.any"), Numbers.count(any), Numbers.percent(any, found.rows()));
    table.lines().forEach(out::println);
    out.println(
        messages.get(
            "contamination.where",
            Numbers.count(found.others()),
            files.stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(", "))));
    out.println(messages.get("dedup.report", report, hash));
  }
}
