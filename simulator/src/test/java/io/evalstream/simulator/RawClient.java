package io.evalstream.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket to a simulator, read line by line, that can go away whenever it likes. */
final class RawClient implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  private final Socket socket = new Socket();
  private final BufferedReader lines;

  RawClient(Simulator simulator) throws IOException {
    socket.setReceiveBufferSize(16 * 1_024);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.port()));
    lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Sends a completion request for {@code tokens} streamed tokens. */
  RawClient ask(int tokens) throws IOException {
    return ask(tokens, "keep-alive");
  }

  RawClient ask(int tokens, String connection) throws IOException {
    String body =
        "{\"prompt\":[1,2,3],\"max_tokens\":%d,\"ignore_eos\":true,\"stream\":true}"
            .formatted(tokens);
    String head =
        "POST /v1/completions HTTP/1.1\r\nhost: test\r\nconnection: %s\r\ncontent-length: %d\r\n\r\n"
            .formatted(connection, body.length());
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Reads up to the next event and gives its data. */
  String nextEvent() throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("the stream ended");
    }
    return line.substring("data: ".length());
  }

  /** How many events there are up to {@code [DONE]}. */
  int eventsUntilDone() throws IOException {
    int events = 0;
    while (!nextEvent().equals("[DONE]")) {
      events++;
    }
    return events;
  }

  /** Whether the server has closed; reads what is left. */
  boolean isAtEnd() throws IOException {
    String line = lines.readLine();
    while (line != null) {
      line = lines.readLine();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
