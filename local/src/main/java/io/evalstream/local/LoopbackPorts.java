package io.evalstream.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses TCP ports on 127.0.0.1. A chosen port is free when the method returns and is not held
 * until the caller binds it. So it is chosen at random from below those that systems, as they are
 * shipped, hand out by themselves, to connections and to whoever asks for any port: another program
 * gets it in between only when it names it.
 */
public final class LoopbackPorts {

  /** The only address the local stack listens on. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Stands for "any free port" in the settings of every part of the stack. */
  public static final int ANY = 0;

  private static final int LARGEST = 65_535;

  /** The first port that free ones are chosen from. */
  static final int FIRST_FREE = 10_000;

  /** The last one: Linux hands out ports from the next on, other systems from later ones. */
  static final int LAST_FREE = 32_767;

  private static final int TRIES = 1_000;

  private LoopbackPorts() {}

  /**
   * Returns {@code count} different free ports.
   *
   * @throws LocalStackException when the machine has none left
   */
  public static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(bindAny());
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new LocalStackException(
          "No free port on 127.0.0.1 (" + e.getMessage() + "): stop programs that hold many.", e);
    } finally {
      held.forEach(LoopbackPorts::close);
    }
  }

  /**
   * Returns the requested port if nobody listens on it, or a free one for {@link #ANY}.
   *
   * @param service who wants to listen, as the message names it
   * @throws LocalStackException when the port is taken
   */
  public static int choose(int requested, String service) {
    if (requested == ANY) {
      return free(1).get(0);
    }
    try (ServerSocket probe = bind(requested)) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new LocalStackException(
          "Port "
              + requested
              + " for "
              + service
              + " cannot be opened on 127.0.0.1 ("
              + e.getMessage()
              + "): stop what listens there or choose another port.",
          e);
    }
  }

  /**
   * Checks a port given by a person.
   *
   * @return the port
   * @throws LocalStackException unless it is 0..65535
   */
  public static int requireValid(int port, String service) {
    if (port < ANY || port > LARGEST) {
      throw new LocalStackException(
          "Port " + port + " for " + service + " is not a port: give 1 to 65535, or 0 for any.");
    }
    return port;
  }

  private static ServerSocket bindAny() throws IOException {
    IOException last = null;
    for (int i = 0; i < TRIES; i++) {
      try {
        return bind(ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE + 1));
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      close(socket);
      throw e;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new LocalStackException(
          "Port " + socket.getLocalPort() + " could not be released: try again.", e);
    }
  }
}
