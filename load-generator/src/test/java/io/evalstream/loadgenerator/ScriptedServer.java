package io.evalstream.loadgenerator;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server that answers with exactly the bytes it is told to, cut and stalled as it is told to. */
public final class ScriptedServer implements AutoCloseable {

  /** The answer to {@code GET /v1/models} of a server with one model. */
  public static final String MODELS =
      json(200, "OK", "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\"}]}");

  private final ServerSocket listener;
  private final Thread acceptor;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** Answers one request. */
  @FunctionalInterface
  public interface Script {
    void answer(Request request, Reply reply) throws IOException;
  }

  /** A request as it came in. */
  public record Request(
      int connection, String method, String path, Map<String, String> headers, String body) {}

  /** Writes the answer. */
  public static final class Reply {
    private final Socket socket;
    private final OutputStream out;

    Reply(Socket socket) throws IOException {
      this.socket = socket;
      this.out = socket.getOutputStream();
    }

    /** Writes bytes, at once. */
    public Reply write(String bytes) throws IOException {
      out.write(bytes.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return this;
    }

    /** Closes the connection. */
    public void close() throws IOException {
      socket.close();
    }

    /** Closes it so that the client sees a reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Waits until the client gives up. */
    public void stall() throws IOException {
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // nothing more is expected
      }
    }
  }

  /** Answers {@code /v1/models} by itself and everything else by the script. */
  public static ScriptedServer completions(Script script) {
    return new ScriptedServer(
        (request, reply) -> {
          if (request.path().equals("/v1/models")) {
            reply.write(MODELS);
          } else {
            script.answer(request, reply);
          }
        });
  }

  /** Answers every request by the script. */
  public ScriptedServer(Script script) {
    this(ServerSocketFactory.getDefault(), script);
  }

  /** The same on sockets of any kind. */
  public ScriptedServer(ServerSocketFactory factory, Script script) {
    this.script = script;
    try {
      listener = factory.createServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    acceptor = daemon(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Requests that came in, but for those of models. */
  public List<Request> requests() {
    return requests.stream().filter(r -> !r.path().equals("/v1/models")).toList();
  }

  /** A whole response of JSON. */
  public static String json(int status, String reason, String body) {
    return "HTTP/1.1 "
        + status
        + " "
        + reason
        + "\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** The head of a streamed response. */
  public static String streamHead() {
    return String.join(
        "\r\n",
        "HTTP/1.1 200 OK",
        "content-type: text/event-stream; charset=utf-8",
        "transfer-encoding: chunked",
        "",
        "");
  }

  /** One chunk of a chunked body. */
  public static String chunk(String content) {
    return Integer.toHexString(content.getBytes(StandardCharsets.UTF_8).length)
        + "\r\n"
        + content
        + "\r\n";
  }

  /** A chunk of the body with one event. */
  public static String event(String json) {
    return chunk("data: " + json + "\n\n");
  }

  /** An event with one token of text. */
  public static String token(String text) {
    return event("{\"choices\":[{\"index\":0,\"text\":\"" + text + "\"}]}");
  }

  /** The event with the usage. */
  public static String usage(int prompt, int completion) {
    return event(
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":"
            + prompt
            + ",\"completion_tokens\":"
            + completion
            + "}}");
  }

  /** The last event and the end of the body. */
  public static String done() {
    return chunk("data: [DONE]\n\n") + "0\r\n\r\n";
  }

  /** A whole stream of so many tokens. */
  public static String stream(int tokens) {
    StringBuilder stream = new StringBuilder(streamHead());
    for (int i = 0; i < tokens; i++) {
      stream.append(token("t" + i));
    }
    return stream.append(usage(7, tokens)).append(done()).toString();
  }

  /** Returns when new connections are refused and those there were are closed. */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      // the port is free only when nobody is in accept any more
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        int number = connections.incrementAndGet();
        Thread unused = daemon(() -> serve(socket, number));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Reply reply = new Reply(socket);
      for (Request next = read(in, number); next != null; next = read(in, number)) {
        requests.add(next);
        script.answer(next, reply);
      }
    } catch (IOException e) {
      // the client went away, or the script closed the connection
    }
  }

  private static Request read(InputStream in, int number) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      if (colon < 0) {
        return null;
      }
      headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    List<String> parts = new ArrayList<>(List.of(first.split(" ", -1)));
    return new Request(number, parts.get(0), parts.get(1), headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
