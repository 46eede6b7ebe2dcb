package io.evalstream.local.clickhouse;

import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
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

/** The parent's side of a {@link ClickHouseChild}: starts it, finds out its port, stops it. */
final class EngineProcess {

  private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);

  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 20;

  private final Process process;
  private final Path portFile;
  private final Path logFile;

  private EngineProcess(Process process, Path portFile, Path logFile) {
    this.process = process;
    this.portFile = portFile;
    this.logFile = logFile;
  }

  /**
   * Starts the child and returns at once.
   *
   * @throws IOException when its directory cannot be used
   */
  static EngineProcess start(ClickHouseSettings settings, int port) throws IOException {
    Path data = settings.directory().resolve("data");
    Path work = settings.directory().resolve("work");
    Path log = settings.directory().resolve("clickhouse.log");
    Path portFile = data.resolve(ClickHouseChild.PORT_FILE);
    Path configuration = work.resolve("engine.xml");
    Files.createDirectories(data);
    Files.createDirectories(work);
    Files.deleteIfExists(portFile);
    copyConfiguration(configuration);
    Process process =
        new ProcessBuilder(command(settings, data, configuration, port))
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new EngineProcess(process, portFile, log);
  }

  /**
   * Waits until the engine answers and returns its port.
   *
   * @throws LocalStackException when it reports an error, ends, or is silent for a minute
   */
  int awaitPort() throws IOException, InterruptedException {
    EngineLog log = new EngineLog(logFile);
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (System.nanoTime() < deadline) {
      OptionalInt port = readPort();
      if (port.isPresent() && ping(port.getAsInt())) {
        return port.getAsInt();
      }
      boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || log.lastError().isPresent()) {
        throw failure("ClickHouse did not start: " + log.lastWords());
      }
    }
    throw failure(
        "ClickHouse did not answer within "
            + START_DEADLINE.toSeconds()
            + " s: "
            + log.lastWords());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Lets the engine finish and waits for its process to end; kills it after the deadline. */
  void stop() {
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

  private LocalStackException failure(String sentence) {
    return new LocalStackException(sentence + " (its log is " + logFile + ").");
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
    try (InputStream source = EngineProcess.class.getResourceAsStream("engine.xml")) {
      Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private OptionalInt readPort() throws IOException {
    if (!Files.exists(portFile)) {
      return OptionalInt.empty();
    }
    String text = Files.readString(portFile);
    return text.endsWith("\n")
        ? OptionalInt.of(Integer.parseInt(text.strip()))
        : OptionalInt.empty();
  }

  private static boolean ping(int port) throws IOException {
    URI ping = URI.create("http://" + LoopbackPorts.LOOPBACK + ":" + port + "/ping");
    HttpURLConnection connection = (HttpURLConnection) ping.toURL().openConnection(Proxy.NO_PROXY);
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
}
