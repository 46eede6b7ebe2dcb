package io.evalstream.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Whether somebody listens on a port of this machine. */
final class ServerProbe {

  private static final int TIMEOUT_MS = 500;

  private ServerProbe() {}

  static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
