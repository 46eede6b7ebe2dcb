package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.loadgenerator.publish.KafkaConfig;
import io.evalstream.loadgenerator.publish.KafkaConnection;
import io.evalstream.loadgenerator.publish.PublishException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends what an earlier run could not publish. */
@Command(
    name = "resend",
    description = {
      "Sends records that a run kept in a file because Kafka was away, and removes the file.",
      "A record that Kafka has already is recognised and counted once."
    })
final class ResendCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private KafkaOptions kafka;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files as bench names them, below its --spill-directory.")
  private List<Path> files;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new CliException(
            ExitCode.WRONG_USE, "There is no file " + file + ": name one that bench has kept.");
      }
    }
    KafkaConfig config =
        kafka
            .config(options, null)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.WRONG_USE,
                        "No stack runs here and no --kafka is given: say where to send the"
                            + " records."));
    long total = 0;
    for (Path file : files) {
      long sent = resend(config, file);
      out.println(messages.get("resend.sent", file, Numbers.count(sent)));
      total += sent;
    }
    out.println(messages.get("resend.end", Numbers.count(total), config.bootstrapServers()));
    return ExitCode.FINE.number();
  }

  private static long resend(KafkaConfig config, Path file) {
    try {
      return KafkaConnection.resend(config, file);
    } catch (PublishException e) {
      throw new CliException(e.wrongUse() ? ExitCode.WRONG_USE : ExitCode.BROKE, e.getMessage(), e);
    }
  }
}
