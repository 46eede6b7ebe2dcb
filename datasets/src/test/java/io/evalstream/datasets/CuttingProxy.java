package io.evalstream.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A proxy that cuts every connection when so many bytes have come back from the server. */
public final class CuttingProxy implements AutoCloseable {

  private final ServerSocket door;
  private final int target;
  private final AtomicLong allowed;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public CuttingProxy(int target, long allowed) throws IOException {
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.allowed = new AtomicLong(allowed);
    threads.execute(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        threads.execute(() -> copy(client, server, new AtomicLong(Long.MAX_VALUE)));
        threads.execute(() -> copy(server, client, allowed));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void copy(Socket from, Socket to, AtomicLong allowed) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        long left = allowed.addAndGet(-count);
        if (left < 0) {
          return;
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // the other side has gone, and so does this one
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
