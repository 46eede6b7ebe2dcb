package io.evalstream.cli;

import io.evalstream.local.stack.StackAddresses;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the local stack. */
@Command(name = "down", description = "Stops the local stack; its data stays for the next up.")
final class DownCommand implements Callable<Integer> {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    Optional<StackAddresses> running = options.stack();
    Optional<ProcessHandle> process = running.flatMap(StackAddresses::process);
    if (process.isEmpty()) {
      out.println(messages.get("down.none", options.directory()));
      return ExitCode.FINE.number();
    }
    process.get().destroy();
    try {
      process.get().onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.get().destroyForcibly();
      throw new CliException(
          ExitCode.BROKE,
          "The stack did not stop within "
              + DEADLINE.toSeconds()
              + " s and was killed; what was stored is kept.",
          e);
    }
    out.println(messages.get("down.stopped"));
    return ExitCode.FINE.number();
  }
}
