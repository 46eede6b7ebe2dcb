package io.evalstream.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.evalstream.local.LocalStackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the parts of a running stack are. Kept in a file beside the stack's data, so that other
 * commands find it.
 *
 * @param pid the process that holds the stack
 * @param startedAt when that process began, ISO 8601: tells it from a later one of the same number
 * @param kafka bootstrap servers
 * @param clickhouse JDBC address
 * @param clickhouseHttp HTTP address
 * @param flink address of Flink's web page and REST interface
 * @param metrics address of the page that Prometheus reads
 * @param s3 address of the object store; its keys are in {@link #objects}
 */
public record StackAddresses(
    long pid,
    String startedAt,
    String kafka,
    String clickhouse,
    String clickhouseHttp,
    String flink,
    String metrics,
    String s3) {

  private static final String FILE = "stack.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * The stack that runs on a directory, if one does. A file whose process has ended counts as none.
   *
   * @throws LocalStackException when the file cannot be read
   */
  public static Optional<StackAddresses> find(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      StackAddresses addresses = MAPPER.readValue(Files.readAllBytes(file), StackAddresses.class);
      return Optional.of(addresses).filter(StackAddresses::isRunning);
    } catch (IOException e) {
      throw new LocalStackException(
          file + " cannot be read: remove it and start the stack again.", e);
    }
  }

  /** The folder of the object store, which holds its keys. */
  public static Path objects(Path directory) {
    return directory.resolve("objects");
  }

  void write(Path directory) {
    Path file = directory.resolve(FILE);
    Path unfinished = directory.resolve(FILE + ".new");
    try {
      Files.write(unfinished, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new LocalStackException(file + " cannot be written: make its directory writable.", e);
    }
  }

  static void remove(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(FILE));
    } catch (IOException e) {
      throw new LocalStackException(directory.resolve(FILE) + " cannot be removed.", e);
    }
  }

  /** The process that holds the stack, if it lives. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startOf(process).equals(startedAt));
  }

  static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private boolean isRunning() {
    return process().isPresent();
  }
}
