package io.evalstream.cli;

import io.evalstream.cli.report.GradeSection;
import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.runlog.RunLogs;
import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.statistics.grade.GradeRules;
import io.evalstream.statistics.grade.GradeScale;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What became of a run. */
@Command(
    name = "report",
    description = "What a run measured, as ClickHouse holds it, and whether all of it is there.")
final class ReportCommand implements Callable<Integer> {

  private static final String LATEST = "latest";

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;
  @Mixin private ObjectStoreOptions objects;
  @Mixin private SloOptions slo;

  @Parameters(
      paramLabel = "RUN",
      defaultValue = LATEST,
      description = "The run's id; the newest when left out.")
  private String run;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    PrintWriter out = spec.commandLine().getOut();
    GradeRules rules = slo.rules();
    try (Results results = store.open(options)) {
      Results.Run found = find(results);
      RunReport report = RunReport.of(results, found);
      report.lines(options.messages()).forEach(out::println);
      grades(report, rules, options.messages()).forEach(out::println);
      log(options, found.runId()).ifPresent(out::println);
      return (report.complete() ? ExitCode.FINE : ExitCode.INCOMPLETE).number();
    }
  }

  /** Where the run's log is, if it has been uploaded; a store that fails spoils no report. */
  private Optional<String> log(CommonOptions options, String runId) {
    String path = RunLogs.path(runId);
    try (ObjectStore logs = objects.openIfAny(options).orElse(null)) {
      return Optional.ofNullable(logs)
          .filter(known -> known.find(RunLogs.BUCKET, path).isPresent())
          .map(
              known ->
                  options.messages().get("report.log", known.address(RunLogs.BUCKET, path)));
    } catch (DatasetException e) {
      return Optional.of(options.messages().get("report.log_unknown", e.getMessage()));
    }
  }

  private static List<String> grades(RunReport report, GradeRules rules, Messages messages) {
    List<String> doubts = report.complete() ? List.of() : List.of(messages.get("grade.incomplete"));
    List<String> lines = new ArrayList<>();
    for (String scenario : report.scenarios()) {
      GradeScale scale = rules.of(scenario);
      lines.add("");
      if (report.scenarios().size() > 1) {
        lines.add(messages.get("bench.scenario", scenario));
      }
      lines.addAll(
          new GradeSection(messages, Ink.ofTerminal(), scale)
              .lines(scale.grade(report.figures(scenario)), doubts));
    }
    return lines;
  }

  private Results.Run find(Results results) {
    var found = run.equals(LATEST) ? results.runs().stream().findFirst() : results.run(run);
    return found.orElseThrow(
        () ->
            new CliException(
                ExitCode.WRONG_USE,
                run.equals(LATEST)
                    ? "There is no run yet: make one with ./evalstream bench."
                    : "There is no run " + run + ": see ./evalstream runs list."));
  }
}
