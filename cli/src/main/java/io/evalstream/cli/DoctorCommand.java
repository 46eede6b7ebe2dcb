package io.evalstream.cli;

import io.evalstream.cli.terminal.Cells;
import io.evalstream.local.LocalStackException;
import io.evalstream.local.SearchPath;
import io.evalstream.local.clickhouse.ClickHouseLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is missing on this machine. */
@Command(name = "doctor", description = "Says what is missing on this machine, and how to get it.")
final class DoctorCommand implements Callable<Integer> {

  private static final long NEEDED_DISK = 3L << 30;
  private static final long NEEDED_MEMORY = 5L << 29;
  private static final int NEEDED_CORES = 2;
  private static final int NEEDED_JAVA = 17;

  @Spec private CommandSpec spec;

  /**
   * What was looked at.
   *
   * @param remedy what to do; null when all is well
   */
  private record Finding(String subject, String found, String remedy) {}

  @Override
  public Integer call() throws IOException {
    CommonOptions options = CommonOptions.of(spec);
    Messages messages = options.messages();
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings =
        List.of(
            java(messages),
            tool("mvn", messages),
            tool("npm", messages),
            clickHouse(messages),
            cores(messages),
            memory(messages),
            disk(options.directory(), messages));
    for (Finding finding : findings) {
      String mark = finding.remedy() == null ? "✓" : "✗";
      out.println(mark + " " + Cells.left(finding.subject(), 12) + finding.found());
      if (finding.remedy() != null) {
        out.println("  → " + finding.remedy());
      }
    }
    boolean fine = findings.stream().allMatch(finding -> finding.remedy() == null);
    out.println(messages.get(fine ? "doctor.fine" : "doctor.missing"));
    return (fine ? ExitCode.FINE : ExitCode.BROKE).number();
  }

  private static Finding java(Messages messages) {
    int version = Runtime.version().feature();
    return new Finding(
        "Java",
        System.getProperty("java.version") + " (" + System.getProperty("java.home") + ")",
        version >= NEEDED_JAVA ? null : messages.get("doctor.java", NEEDED_JAVA));
  }

  private static Finding tool(String name, Messages messages) {
    Optional<Path> found = SearchPath.find(name);
    return new Finding(
        name,
        found.map(Path::toString).orElse(messages.get("doctor.absent")),
        found.isPresent() ? null : messages.get("doctor." + name));
  }

  private static Finding clickHouse(Messages messages) {
    try {
      String found =
          ClickHouseLibrary.ofThisUser()
              .find()
              .map(Path::toString)
              .orElse(messages.get("doctor.fetched_later"));
      return new Finding("ClickHouse", found, null);
    } catch (LocalStackException e) {
      return new Finding("ClickHouse", messages.get("doctor.absent"), e.getMessage());
    }
  }

  private static Finding cores(Messages messages) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Finding(
        "CPU",
        Integer.toString(cores),
        cores >= NEEDED_CORES ? null : messages.get("doctor.cores", NEEDED_CORES));
  }

  private static Finding memory(Messages messages) throws IOException {
    Path file = Path.of("/proc/meminfo");
    if (!Files.exists(file)) {
      return new Finding("RAM", messages.get("doctor.unknown"), null);
    }
    long available =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("MemAvailable:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
            .findFirst()
            .orElse(0);
    return new Finding(
        "RAM",
        gib(available),
        available >= NEEDED_MEMORY ? null : messages.get("doctor.memory", gib(NEEDED_MEMORY)));
  }

  private static Finding disk(Path directory, Messages messages) throws IOException {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (!Files.isWritable(existing)) {
      return new Finding("disk", existing.toString(), messages.get("doctor.unwritable", existing));
    }
    FileStore store = Files.getFileStore(existing);
    long free = store.getUsableSpace();
    return new Finding(
        "disk",
        existing + ", " + gib(free),
        free >= NEEDED_DISK ? null : messages.get("doctor.disk", gib(NEEDED_DISK), existing));
  }

  private static String gib(long bytes) {
    return String.format(java.util.Locale.ROOT, "%.1f GiB", (double) bytes / (1L << 30));
  }
}
