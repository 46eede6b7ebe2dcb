package io.evalstream.cli;

import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.datasets.runlog.RunLogs;
import io.evalstream.datasets.store.ObjectStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
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

  @Command(
      name = "upload",
      description = {
        "Sends the logs of runs that are over to the object store, where nobody can change them.",
        "What has arrived is marked; after a crash the rest is sent by calling this again."
      })
  int upload(
      @Parameters(paramLabel = "DIR", description = "The folder of bench --raw-log-dir.")
          Path folder,
      @Mixin ObjectStoreOptions storeOptions) {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    List<Path> waiting = RunLogs.waiting(folder);
    if (waiting.isEmpty()) {
      out.println(messages.get("runs.logs_none", folder));
      return ExitCode.FINE.number();
    }
    try (ObjectStore store = storeOptions.open(options);
        TransferProgress progress =
            new TransferProgress(out, messages.get("datasets.pushing", folder))) {
      RunLogs.Report report = RunLogs.upload(waiting, store, progress);
      progress.close();
      for (RunLogs.Uploaded log : report.logs()) {
        out.println(messages.get("runs.log_uploaded", log.file(), log.address()));
      }
      for (String missing : report.unprotected()) {
        out.println(messages.get("runs.logs_unprotected", missing));
      }
    }
    return ExitCode.FINE.number();
  }
}
