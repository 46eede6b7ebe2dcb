package io.evalstream.cli;

import io.evalstream.cli.process.ChildProcess;
import io.evalstream.cli.process.Tether;
import io.evalstream.local.stack.LocalStack;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the stack in this process until it is told to end. Started by other commands. */
@Command(name = "stack", hidden = true, description = "Holds the local stack in the foreground.")
final class StackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StackOptions stack;

  @Option(names = ChildProcess.TETHERED, hidden = true)
  private boolean tethered;

  @Override
  public Integer call() throws InterruptedException {
    CommonOptions options = CommonOptions.of(spec);
    PrintWriter out = spec.commandLine().getOut();
    if (tethered) {
      Tether.hold();
    }
    CountDownLatch ending = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ending, ended), "end-stack"));
    try (LocalStack running = LocalStack.start(stack.settings(options.directory()), out::println)) {
      out.println("Running: " + running.addresses());
      ending.await();
    } finally {
      ended.countDown();
    }
    return ExitCode.FINE.number();
  }

  private static void end(CountDownLatch ending, CountDownLatch ended) {
    ending.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
