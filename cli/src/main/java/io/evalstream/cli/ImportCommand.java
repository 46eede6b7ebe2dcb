package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.result.ImportedResult;
import io.evalstream.loadgenerator.result.ResultOptions;
import io.evalstream.loadgenerator.result.ResultReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Result files side by side, whoever wrote them. */
@Command(
    name = "import",
    description = {
      "Reads result files of vllm bench serve, or of bench --save-result, and shows them side by",
      "side under the names that they use. Percentiles cannot be merged, so nothing is published."
    })
final class ImportCommand implements Callable<Integer> {

  private static final List<String> TEXTS =
      List.of("date", "backend", "label", "scenario", "model_id", "request_rate");
  private static final List<String> COUNTS =
      List.of("max_concurrency", "num_prompts", "completed", "failed");
  private static final List<String> FIGURES =
      List.of(
          "duration",
          "request_throughput",
          "request_goodput",
          "output_throughput",
          "total_token_throughput",
          "max_output_tokens_per_s");
  private static final Pattern PERCENTILE = Pattern.compile("p([0-9.]+)_(\\w+)_ms");
  private static final String NONE = "–";

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Result files.")
  private List<Path> files;

  @Override
  public Integer call() {
    Messages messages = CommonOptions.of(spec).messages();
    List<ImportedResult> results =
        files.stream().flatMap(file -> ResultReader.read(file).stream()).toList();
    List<String> headings = new ArrayList<>(List.of(messages.get("import.field")));
    results.forEach(result -> headings.add(result.name()));
    TextTable table = new TextTable(headings.toArray(new String[0]));
    TEXTS.forEach(field -> row(table, results, field, result -> result.text(field)));
    COUNTS.forEach(field -> row(table, results, field, result -> result.text(field)));
    row(table, results, messages.get("import.success"), ImportCommand::success);
    FIGURES.forEach(field -> figure(table, results, field));
    for (String metric : ResultOptions.METRICS) {
      figure(table, results, "mean_" + metric + "_ms");
      figure(table, results, "median_" + metric + "_ms");
      figure(table, results, "std_" + metric + "_ms");
      percentiles(results, metric).forEach(field -> figure(table, results, field));
    }
    PrintWriter out = spec.commandLine().getOut();
    table.lines().forEach(out::println);
    return ExitCode.FINE.number();
  }

  /** The fields of percentiles that any of the files has, from low to high. */
  private static List<String> percentiles(List<ImportedResult> results, String metric) {
    Map<Double, String> fields = new TreeMap<>();
    for (ImportedResult result : results) {
      for (String field : result.figures().keySet()) {
        Matcher percentile = PERCENTILE.matcher(field);
        if (percentile.matches() && percentile.group(2).equals(metric)) {
          fields.put(Double.parseDouble(percentile.group(1)), field);
        }
      }
    }
    return List.copyOf(fields.values());
  }

  private static void figure(TextTable table, List<ImportedResult> results, String field) {
    row(
        table,
        results,
        field,
        result ->
            result.figure(field).isPresent()
                ? Numbers.decimal(result.figure(field).getAsDouble())
                : null);
  }

  private static String success(ImportedResult result) {
    double sent = result.figure("num_prompts").orElse(0);
    return sent > 0
        ? Numbers.decimal(100 * result.figure("completed").orElse(0) / sent) + "%"
        : null;
  }

  /** A row, unless no file has the field. */
  private static void row(
      TextTable table,
      List<ImportedResult> results,
      String title,
      Function<ImportedResult, String> value) {
    List<String> cells = new ArrayList<>(List.of(title));
    for (ImportedResult result : results) {
      String cell = value.apply(result);
      cells.add(cell == null ? NONE : cell);
    }
    if (cells.stream().skip(1).anyMatch(cell -> !cell.equals(NONE))) {
      table.row(cells.toArray(new String[0]));
    }
  }
}
