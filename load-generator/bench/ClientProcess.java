package io.evalstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a client from its start to its end; Linux only. */
final class ClientProcess {

  private static final long TIME_LIMIT_SECONDS = 1_800;

  /**
   * What a process used, with all it started.
   *
   * @param cpuSeconds user and system time
   * @param rssMiB resident memory once in {@link #SAMPLE_SECONDS}
   */
  record Usage(double cpuSeconds, List<Double> rssMiB) {

    static final int SAMPLE_SECONDS = 1;

    double peakRssMiB() {
      return rssMiB.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
  }

  private ClientProcess() {}

  /**
   * Runs {@code command}, its output goes to {@code directory}.
   *
   * @throws IOException if it does not end well
   */
  static Usage run(List<String> command, Path directory) throws IOException, InterruptedException {
    Path log = directory.resolve("client.log");
    Path times = directory.resolve("cpu.txt");
    List<String> timed =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                "TIMEFORMAT='%U %S'; log=$1 times=$2; shift 2;"
                    + " { time \"$@\" > \"$log\" 2>&1; } 2> \"$times\"",
                "bash",
                log.toString(),
                times.toString()));
    timed.addAll(command);
    Process process = new ProcessBuilder(timed).inheritIO().start();
    List<Double> rss = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_LIMIT_SECONDS);
    try {
      while (!process.waitFor(Usage.SAMPLE_SECONDS, TimeUnit.SECONDS)) {
        rss.add(rssMiB(process.toHandle()));
        if (System.nanoTime() > deadline) {
          throw new IOException("it did not end in time: look at " + log);
        }
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException("it ended with " + process.exitValue() + ": look at " + log);
    }
    return new Usage(
        Stream.of(Files.readString(times).trim().split(" ")).mapToDouble(Double::parseDouble).sum(),
        rss);
  }

  private static double rssMiB(ProcessHandle process) {
    return process.descendants().mapToDouble(ClientProcess::ownRssMiB).sum();
  }

  private static double ownRssMiB(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      // it has just ended
      return 0;
    }
  }
}
