package io.evalstream.local.clickhouse;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The process that holds the ClickHouse engine. {@link EmbeddedClickHouse} starts it; its arguments
 * are the library, the data directory, the configuration file and the HTTP port.
 *
 * <p>It runs until its standard input is closed or it receives SIGTERM, and then lets the engine
 * finish before it ends. It is the leader of its own session, so that Ctrl-C in the terminal of the
 * parent does not reach it. The engine reports trouble on standard error and always ends with
 * status 0: the parent finds out whether it works by asking it.
 */
public final class ClickHouseChild {

  /** The file, in the data directory, into which the engine writes the port it listens on. */
  static final String PORT_FILE = "port";

  private static final int STANDARD_INPUT = 0;
  private static final long ENGINE_STACK_BYTES = 64L << 20;
  private static final long STOP_SECONDS = 60;

  /** Reachable as long as the process lives, so that the lock is. */
  private static FileChannel held;

  private ClickHouseChild() {}

  /** Runs the engine; see the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path data = Path.of(arguments[1]);
    leaveTerminal();
    awaitPredecessor(data);
    int tether = LibC.INSTANCE.dup(STANDARD_INPUT);
    PseudoTerminal terminal = PseudoTerminal.onStandardInput();
    Chdb chdb = Native.load(arguments[0], Chdb.class);
    chdb.chdb_set_signal_handlers_enabled(0);

    String[] commandLine = commandLine(data, arguments[2], Integer.parseInt(arguments[3]));
    Thread engine =
        new Thread(null, () -> run(chdb, commandLine), "clickhouse-engine", ENGINE_STACK_BYTES);
    engine.start();
    Thread watch = new Thread(() -> stopWhenClosed(tether, terminal), "tether");
    watch.setDaemon(true);
    watch.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(terminal, engine), "stop"));
    engine.join();
  }

  static String[] commandLine(Path data, String configFile, int port) {
    String portFile = data.resolve(PORT_FILE).toString().replace("\\", "\\\\").replace("'", "\\'");
    return new String[] {
      "clickhouse",
      "--config-file=" + configFile,
      "--path=" + data,
      "--http_port=" + port,
      "--listen_host=127.0.0.1",
      "--interactive",
      "--disable_suggestion",
      "--history_file=/dev/null",
      "--progress=off",
      "--query",
      "SYSTEM START LISTEN HTTP; SELECT getServerPort('http_port') INTO OUTFILE '"
          + portFile
          + "' TRUNCATE FORMAT TSV"
    };
  }

  /**
   * Waits for an engine whose parent was killed and that has not left yet. The file is locked until
   * this process ends.
   */
  private static void awaitPredecessor(Path data) throws IOException {
    held = FileChannel.open(data.resolve("engine.lock"), CREATE, WRITE);
    if (held.tryLock() == null) {
      System.err.println("An earlier engine has not left " + data + " yet");
      held.lock();
    }
  }

  private static void leaveTerminal() {
    try {
      LibC.INSTANCE.setsid();
    } catch (LastErrorException e) {
      // EPERM: started by hand as a group leader, which is as good
    }
  }

  private static void run(Chdb chdb, String[] commandLine) {
    Pointer result = chdb.chdb_query_cmdline(commandLine.length, commandLine);
    String error = result == null ? null : chdb.chdb_result_error(result);
    if (error != null) {
      System.err.println(error);
    }
  }

  private static void stopWhenClosed(int tether, PseudoTerminal terminal) {
    byte[] buffer = new byte[64];
    long count;
    do {
      count = LibC.INSTANCE.read(tether, buffer, buffer.length);
    } while (count > 0);
    terminal.type("exit");
  }

  private static void stop(PseudoTerminal terminal, Thread engine) {
    try {
      terminal.type("exit");
      engine.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
