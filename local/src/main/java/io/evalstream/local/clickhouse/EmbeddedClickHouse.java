package io.evalstream.local.clickhouse;

import io.evalstream.local.DirectoryLock;
import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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

  private final DirectoryLock lock;
  private final EngineProcess engine;
  private final int port;

  private EmbeddedClickHouse(DirectoryLock lock, EngineProcess engine, int port) {
    this.lock = lock;
    this.engine = engine;
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
    long started = System.nanoTime();
    DirectoryLock lock = DirectoryLock.take(settings.directory(), "ClickHouse");
    EngineProcess engine = null;
    try {
      engine = EngineProcess.start(settings, port);
      int opened = engine.awaitPort();
      LOG.info(
          "clickhouse=started pid={} port={} directory={} start_ms={}",
          engine.pid(),
          opened,
          settings.directory(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
      return new EmbeddedClickHouse(lock, engine, opened);
    } catch (IOException e) {
      abandon(engine, lock);
      throw new LocalStackException(
          "ClickHouse cannot use the directory "
              + settings.directory()
              + " ("
              + e
              + "): make it writable or choose another.",
          e);
    } catch (InterruptedException e) {
      abandon(engine, lock);
      Thread.currentThread().interrupt();
      throw new LocalStackException("ClickHouse's start was interrupted: start it again.", e);
    } catch (RuntimeException e) {
      abandon(engine, lock);
      throw e;
    }
  }

  /** The address for clickhouse-jdbc. */
  public String jdbcUrl() {
    return "jdbc:clickhouse://" + LoopbackPorts.LOOPBACK + ":" + port + "/default";
  }

  /** The address of the HTTP interface, without a trailing slash. */
  public String httpUrl() {
    return "http://" + LoopbackPorts.LOOPBACK + ":" + port;
  }

  /** The HTTP port it listens on. */
  public int port() {
    return port;
  }

  /** The process id of the engine's process. */
  public long pid() {
    return engine.pid();
  }

  /** Whether the engine's process runs. */
  public boolean isAlive() {
    return engine.isAlive();
  }

  /** Lets the engine finish and waits for its process to end; kills it after 20 seconds. */
  @Override
  public void close() {
    engine.stop();
    lock.close();
  }

  private static void abandon(EngineProcess engine, DirectoryLock lock) {
    if (engine != null) {
      engine.stop();
    }
    lock.close();
  }
}
