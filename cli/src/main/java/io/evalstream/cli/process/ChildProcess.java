package io.evalstream.cli.process;

import io.evalstream.cli.CliException;
import io.evalstream.cli.ExitCode;
import io.evalstream.cli.Main;
import io.evalstream.local.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command of this program in a process of its own, so that its clock is nobody else's. It writes
 * to a log file, and ends when this process closes it or ends.
 */
public final class ChildProcess implements AutoCloseable {

  /** The option by which a child learns that its life hangs on its standard input. */
  public static final String TETHERED = "--tethered";

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command that ends when this process does.
   *
   * @param jvmOptions for the child alone
   * @param log where it writes; overwritten
   * @param arguments the command and its arguments
   */
  public static ChildProcess tethered(
      String name, List<String> jvmOptions, Path log, List<String> arguments) {
    List<String> withTether = new ArrayList<>(arguments);
    withTether.add(TETHERED);
    return start(name, List.of(), jvmOptions, log, withTether);
  }

  /** Starts a command that stays when this process ends, out of reach of this terminal's Ctrl-C. */
  public static ChildProcess detached(
      String name, List<String> jvmOptions, Path log, List<String> arguments) {
    return start(
        name,
        SearchPath.find("setsid").isPresent() ? List.of("setsid") : List.of(),
        jvmOptions,
        log,
        arguments);
  }

  private static ChildProcess start(
      String name, List<String> prefix, List<String> jvmOptions, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ChildProcess(name, process, log);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.BROKE,
          "The "
              + name
              + " could not be started ("
              + e.getMessage()
              + "): make "
              + log.toAbsolutePath().getParent()
              + " writable or name another place with --directory.",
          e);
    }
  }

  /** The process's id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The exit status of a process that has ended. */
  public int exitStatus() {
    return process.exitValue();
  }

  /** What went wrong, in its own last words. */
  public CliException failure() {
    return new CliException(
        ExitCode.BROKE, "The " + name + " ended: " + lastWords() + " (its log is " + log + ")");
  }

  /** The last line of its log. */
  public String lastWords() {
    try {
      List<String> lines =
          Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
      String prefix = "evalstream: ";
      return lines.stream()
          .filter(line -> line.startsWith(prefix))
          .reduce((first, second) -> second)
          .map(line -> line.substring(prefix.length()))
          .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
    } catch (IOException e) {
      return "its log cannot be read (" + e.getMessage() + ")";
    }
  }

  /** Asks it to end and waits; kills it when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
