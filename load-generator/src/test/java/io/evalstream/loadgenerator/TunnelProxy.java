package io.evalstream.loadgenerator;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that makes tunnels to this machine. */
final class TunnelProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  TunnelProxy() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The heads of the requests for tunnels. */
  List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        daemon(() -> tunnel(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void tunnel(Socket client) {
    try {
      String head = head(client.getInputStream());
      heads.add(head);
      int port = Integer.parseInt(head.substring(head.indexOf(':') + 1, head.indexOf(" HTTP")));
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      client.getOutputStream().write("HTTP/1.1 200 ok\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      daemon(() -> copy(server, client));
      copy(client, server);
    } catch (IOException e) {
      // one of them went away
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    return head.toString();
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them went away
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tunnel-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
