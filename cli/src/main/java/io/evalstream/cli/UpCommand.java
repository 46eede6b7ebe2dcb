package io.evalstream.cli;

import io.evalstream.cli.process.StackProcess;
import io.evalstream.local.stack.StackAddresses;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the local stack. */
@Command(
    name = "up",
    description = "Starts the local stack: Kafka, Flink with both jobs, ClickHouse, an S3 store.")
final class UpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackOptions stack;

  @Override
  public Integer call() {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackAddresses> running = options.stack();
    if (running.isPresent()) {
      out.println(messages.get("up.already", options.directory()));
      Addresses.print(running.get(), messages, out);
      return ExitCode.FINE.number();
    }
    out.println(messages.get("up.starting", options.directory().resolve("stack.log")));
    StackAddresses addresses =
        StackProcess.await(
            StackProcess.detached(options.directory(), stack.arguments()), options.directory());
    Addresses.print(addresses, messages, out);
    out.println(messages.get("up.stop"));
    return ExitCode.FINE.number();
  }
}
