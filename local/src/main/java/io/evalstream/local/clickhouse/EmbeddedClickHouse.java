package io.evalstream.local.clickhouse;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ClickHouse server in a process of its own, listening on 127.0.0.1. Connect as user {@code
 * default} with an explicit empty password.
 *
 * <p>The child ends when this process closes it, and also when this process dies, because it holds
 * the other end of a pipe. What was inserted survives a kill of either. Safe for use by several
 * threads.
 */
public final class EmbeddedClickHouse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedClickHouse.class);

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 20;

  private final Process process;
  private final int port;

  private EmbeddedClickHouse(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the engine on the tables of {@code settings.directory()} and returns when it answers.
   *
   * @throws LocalStackException when it does not, with the engine's own last words
   */
  public static EmbeddedClickHouse start(ClickHouseSettings settings) {
    int port =
        settings.port() == LoopbackPorts.ANY
            ? LoopbackPorts.ANY
            : LoopbackPorts.choose(settings.port(), "ClickHouse");
    Path data = settings.directory().resolve("data");
    Path work = settings.directory().resolve("work");
    Path log = settings.directory().resolve("clickhouse.log");
    Path portFile = data.resolve(ClickHouseChild.PORT_FILE);
    long started = System.nanoTime();
    Process process = null;
    try {
      Files.createDirectories(data);
      Files.createDirectories(work);
      Files.deleteIfExists(portFile);
      Path configuration = work.resolve("engine.xml");
      copyConfiguration(configuration);
      process =
          new ProcessBuilder(command(settings, data, configuration, port))
              .directory(work.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int opened = awaitAnswer(process, portFile, log);
      LOG.info(
          "clickhouse=started pid={} port={} directory={} start_ms={}",
          process.pid(),
          opened,
          settings.directory(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
      return new EmbeddedClickHouse(process, opened);
    } catch (IOException e) {
      stop(process);
      throw new LocalStackException(
          "ClickHouse cannot use the directory "
              + settings.directory()
              + " ("
              + e.getMessage()
              + "): make it writable or choose another.",
          e);
    } catch (InterruptedException e) {
      stop(process);
      Thread.currentThread().interrupt();
      throw new LocalStackException("ClickHouse's start was interrupted: start it again.", e);
    } catch (LocalStackException e) {
      stop(process);
      throw e;
    }
  }

  /** The address for clickhouse-jdbc. */
  public String jdbcUrl() {
    return "jdbc:clickhouse://" + LoopbackPorts.LOOPBACK + ":" + port + "/default";
  }

  /** The address of the HTTP interface, without a trailing slash. */
  public String httpUrl() {
    return httpUrl(port);
  }

  /** The HTTP port it listens on. */
  public int port() {
    return port;
  }

  /** The process id of the engine's process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the engine's process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Lets the engine finish and waits for its process to end; kills it after 20 seconds. */
  @Override
  public void close() {
    stop(process);
  }

  private static List<String> command(
      ClickHouseSettings settings, Path data, Path configuration, int port) {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xmx32m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        absolute(settings.classPath()),
        ClickHouseChild.class.getName(),
        settings.library().toString(),
        data.toString(),
        configuration.toString(),
        Integer.toString(port));
  }

  private static String absolute(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void copyConfiguration(Path target) throws IOException {
    try (InputStream source = EmbeddedClickHouse.class.getResourceAsStream("engine.xml")) {
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static int awaitAnswer(Process process, Path portFile, Path logFile)
      throws IOException, InterruptedException {
    EngineLog log = new EngineLog(logFile);
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (System.nanoTime() < deadline) {
      OptionalInt port = readPort(portFile);
      if (port.isPresent() && ping(port.getAsInt())) {
        return port.getAsInt();
      }
      boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || log.lastError().isPresent()) {
        throw new LocalStackException(
            "ClickHouse did not start: " + log.lastWords() + " (its log is " + logFile + ").");
      }
    }
    throw new LocalStackException(
        "ClickHouse did not answer within "
            + START_DEADLINE.toSeconds()
            + " s: "
            + log.lastWords()
            + " (its log is "
            + logFile
            + ").");
  }

  private static OptionalInt readPort(Path portFile) throws IOException {
    if (!Files.exists(portFile)) {
      return OptionalInt.empty();
    }
    String text = Files.readString(portFile);
    return text.endsWith("\n")
        ? OptionalInt.of(Integer.parseInt(text.strip()))
        : OptionalInt.empty();
  }

  private static boolean ping(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(httpUrl(port) + "/ping").toURL().openConnection();
    connection.setConnectTimeout((int) PING_TIMEOUT.toMillis());
    connection.setReadTimeout((int) PING_TIMEOUT.toMillis());
    try {
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } finally {
      connection.disconnect();
    }
  }

  private static String httpUrl(int port) {
    return "http://" + LoopbackPorts.LOOPBACK + ":" + port;
  }

  private static void stop(Process process) {
    if (process == null) {
      return;
    }
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("clickhouse=tether_already_closed pid={}", process.pid());
    }
    boolean interrupted = false;
    try {
      if (process.waitFor(STOP_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      LOG.warn("clickhouse=killed pid={} reason=did_not_stop", process.pid());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly().onExit().join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
