package io.evalstream.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A second JVM with the tests' class path, for tests that kill one. Its main class prints one line
 * when it is ready and then waits, or ends.
 */
public final class TestJvm implements AutoCloseable {

  private final Process process;
  private final String firstLine;

  private TestJvm(Process process, String firstLine) {
    this.process = process;
    this.firstLine = firstLine;
  }

  public static TestJvm start(Class<?> mainClass, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new TestJvm(process, output.readLine());
  }

  public String firstLine() {
    return firstLine;
  }

  /** Waits for the JVM to end. */
  public int exitStatus() {
    return process.onExit().join().exitValue();
  }

  /** Ends the JVM as SIGKILL does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
