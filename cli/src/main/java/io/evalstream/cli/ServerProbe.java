package io.evalstream.cli;

import io.evalstream.cli.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Whether somebody listens on a port of this machine. */
final class ServerProbe {

  private static final int TIMEOUT_MS = 500;

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private ServerProbe() {}

  /**
   * Returns when a child process listens.
   *
   * @throws CliException when it ends before, or does not listen within half a minute
   */
  static void await(ChildProcess server, int port) throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!answers(port)) {
      if (!server.isAlive() || System.nanoTime() > deadline) {
        throw server.failure();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
