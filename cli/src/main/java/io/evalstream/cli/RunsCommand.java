package io.evalstream.cli;

import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What runs there are. */
@Command(name = "runs", description = "Lists runs.", synopsisSubcommandLabel = "COMMAND")
final class RunsCommand {

  @Spec private CommandSpec spec;

  @Command(name = "list", description = "The last hundred runs, newest first.")
  int list(@Mixin StoreOptions store) {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    try (Results results = store.open(options)) {
      List<Results.Run> runs = results.runs();
      if (runs.isEmpty()) {
        out.println(messages.get("runs.none"));
        return ExitCode.FINE.number();
      }
      TextTable table =
          new TextTable(
              messages.get("runs.run"),
              messages.get("runs.planned_at"),
              messages.get("runs.release"),
              messages.get("runs.model"),
              messages.get("runs.planned"),
              messages.get("runs.status"),
              messages.get("runs.generators"),
              messages.get("runs.trust"));
      for (Results.Run run : runs) {
        table.row(
            run.runId(),
            run.plannedAt(),
            run.release(),
            run.model(),
            Numbers.count(run.plannedItems()),
            run.status(),
            run.producersCompleted() + "/" + run.producersPlanned(),
            messages.get("trust." + run.trust()));
      }
      table.lines().forEach(out::println);
    }
    return ExitCode.FINE.number();
  }
}
