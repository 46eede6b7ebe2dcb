package io.evalstream.local.clickhouse;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an {@link EmbeddedClickHouse} needs to know.
 *
 * @param library the engine, see {@link ClickHouseLibrary}
 * @param directory where the tables, the log and the working files are; created when missing; one
 *     engine at a time
 * @param port the HTTP port on 127.0.0.1, {@link LoopbackPorts#ANY} for a free one
 * @param classPath the class path of the child process; it must hold this module and JNA
 */
public record ClickHouseSettings(Path library, Path directory, int port, String classPath) {

  public ClickHouseSettings {
    if (!Files.isRegularFile(library)) {
      throw new LocalStackException(
          "The ClickHouse library " + library + " is not a file: remove it or install it again.");
    }
    library = library.toAbsolutePath();
    directory = directory.toAbsolutePath();
    LoopbackPorts.requireValid(port, "ClickHouse");
    if (classPath.isBlank()) {
      throw new LocalStackException(
          "The class path for ClickHouse's process is empty: start from the evalstream script.");
    }
  }

  /** The settings for any free port and a child with this process's class path. */
  public static ClickHouseSettings of(Path library, Path directory) {
    return new ClickHouseSettings(
        library, directory, LoopbackPorts.ANY, System.getProperty("java.class.path"));
  }

  /** The same with another port. */
  public ClickHouseSettings withPort(int newPort) {
    return new ClickHouseSettings(library, directory, newPort, classPath);
  }
}
