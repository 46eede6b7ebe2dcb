package io.evalstream.local.kafka;

import io.evalstream.local.DirectoryLock;
import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker in this process, listening on 127.0.0.1 without authentication. Topics are created
 * by whoever owns them, never by the first message.
 *
 * <p>Its directory can be used again after a close and after a kill. A broker that cannot go on,
 * for instance because its directory was removed, ends this process with status 3. Safe for use by
 * several threads.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final DirectoryLock lock;
  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(DirectoryLock lock, KafkaRaftServer server, int port) {
    this.lock = lock;
    this.server = server;
    this.port = port;
  }

  /**
   * Starts the broker on the logs of {@code settings.directory()} and returns when clients can
   * connect.
   *
   * @throws LocalStackException when it cannot start
   */
  public static EmbeddedKafka start(KafkaSettings settings) {
    int port = LoopbackPorts.choose(settings.port(), "Kafka");
    BrokerFaults.endProcessAsBroken();
    DirectoryLock lock = DirectoryLock.take(settings.directory(), "Kafka");
    try {
      return start(settings, port, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka start(KafkaSettings settings, int port, DirectoryLock lock) {
    int controllerPort = LoopbackPorts.free(1).get(0);
    long started = System.nanoTime();
    KafkaRaftServer server = null;
    try {
      Files.createDirectories(settings.logDirectory());
      format(settings.logDirectory());
      Properties properties = BrokerProperties.of(settings, port, controllerPort);
      server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      server.startup();
    } catch (Exception e) {
      if (server != null) {
        stop(server);
      }
      throw new LocalStackException(
          "Kafka did not start in "
              + settings.directory()
              + " ("
              + rootMessage(e)
              + "): see its log, or remove the directory to start with empty topics.",
          e);
    }
    LOG.info(
        "kafka=started port={} directory={} start_ms={}",
        port,
        settings.directory(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    return new EmbeddedKafka(lock, server, port);
  }

  /** The address for clients. */
  public String bootstrapServers() {
    return LoopbackPorts.LOOPBACK + ":" + port;
  }

  /** The clients' port. */
  public int port() {
    return port;
  }

  /** Stops the broker cleanly; gives up waiting, with a warning, after 20 seconds. */
  @Override
  public void close() {
    if (stop(server)) {
      lock.close();
    }
  }

  private static void format(Path directory) throws Exception {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerProperties.NODE_ID)
        .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(directory.toString())
        .setDirectories(List.of(directory.toString()))
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .run();
  }

  /** Returns whether the broker has ended. */
  private static boolean stop(KafkaRaftServer server) {
    Thread stopping =
        new Thread(
            () -> {
              server.shutdown();
              server.awaitShutdown();
            },
            "kafka-stop");
    stopping.setDaemon(true);
    stopping.start();
    try {
      stopping.join(STOP_DEADLINE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (stopping.isAlive()) {
      LOG.warn("kafka=still_stopping waited_s={}", STOP_DEADLINE.toSeconds());
      return false;
    }
    return true;
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
