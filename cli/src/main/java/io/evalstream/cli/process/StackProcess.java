package io.evalstream.cli.process;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.local.stack.StackAddresses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The process that holds the local stack. */
public final class StackProcess {

  private static final Duration START_DEADLINE = Duration.ofMinutes(10);
  private static final long POLL_MS = 100;
  private static final List<String> JVM_OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private StackProcess() {}

  /** Starts a stack that ends with this process; {@link #await} says when it is there. */
  public static ChildProcess tethered(Path directory, List<String> options) {
    return ChildProcess.tethered(
        "stack", JVM_OPTIONS, log(directory), arguments(directory, options));
  }

  /** Starts a stack that stays. */
  public static ChildProcess detached(Path directory, List<String> options) {
    return ChildProcess.detached(
        "stack", JVM_OPTIONS, log(directory), arguments(directory, options));
  }

  /**
   * Waits until the stack is there.
   *
   * @throws CliException when it ends instead, with its own last words
   */
  public static StackAddresses await(ChildProcess stack, Path directory) {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<StackAddresses> addresses = StackAddresses.find(directory);
      if (addresses.isPresent()) {
        return addresses.get();
      }
      if (!stack.isAlive()) {
        throw stack.failure();
      }
      pause();
    }
    stack.close();
    throw new CliException(
        ExitCode.BROKE,
        "The stack did not start within "
            + START_DEADLINE.toMinutes()
            + " minutes: see "
            + log(directory)
            + ".");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.BROKE, "Waiting for the stack was interrupted.", e);
    }
  }

  private static Path log(Path directory) {
    return directory.resolve("stack.log");
  }

  private static List<String> arguments(Path directory, List<String> options) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("stack", "--directory", directory.toString()));
    arguments.addAll(options);
    return arguments;
  }
}
