package io.evalstream.cli;

import io.evalstream.cli.results.Results;
import java.io.PrintWriter;
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

  @Parameters(
      paramLabel = "RUN",
      defaultValue = LATEST,
      description = "The run's id; the newest when left out.")
  private String run;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    PrintWriter out = spec.commandLine().getOut();
    try (Results results = store.open(options)) {
      RunReport report = RunReport.of(results, find(results));
      report.lines(options.messages()).forEach(out::println);
      return (report.complete() ? ExitCode.FINE : ExitCode.INCOMPLETE).number();
    }
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
