package io.evalstream.local.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the store job and ClickHouse and does to inserts what networks and servers do. All
 * else passes.
 */
final class ClickHouseFaultProxy implements AutoCloseable {

  /** Sent on anew by the client, or of one connection only. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");

  private static final String QUERY = "query=";

  /** What happens to an insert. */
  interface Fault {

    /**
     * Decides on an insert.
     *
     * @return what the writer is answered; null when its connection is closed instead
     */
    Answer answer(Insert insert) throws IOException, InterruptedException;
  }

  /** An insert, its body all there. */
  interface Insert {

    /** The statement. */
    String sql();

    /** Lets ClickHouse do it. */
    Answer forward() throws IOException, InterruptedException;

    /** Lets ClickHouse do the same with another statement. */
    Answer forward(String sql) throws IOException, InterruptedException;

    /** Lets ClickHouse execute a statement that takes no body. */
    Answer execute(String sql) throws IOException, InterruptedException;
  }

  /** What ClickHouse answered, or what it is said to have. */
  record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    static Answer error(String message) {
      return new Answer(500, Map.of(), message.getBytes(StandardCharsets.UTF_8));
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final AtomicInteger faults = new AtomicInteger();
  private volatile int port;
  private volatile Fault fault;

  /**
   * @param port where ClickHouse is
   */
  ClickHouseFaultProxy(int port) throws IOException {
    this.port = port;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  String jdbcUrl() {
    return "jdbc:clickhouse://127.0.0.1:" + server.getAddress().getPort() + "/default";
  }

  /** ClickHouse is elsewhere from now on. */
  void forwardTo(int newPort) {
    port = newPort;
  }

  /** Every insert meets this from now on. */
  void begin(Fault newFault) {
    faults.set(0);
    fault = newFault;
  }

  /** Inserts pass again. */
  void heal() {
    fault = null;
  }

  /** Inserts that have met the present fault, or found no ClickHouse. */
  int faults() {
    return faults.get();
  }

  /** Inserts fail, nothing is written. */
  static Answer refuse(Insert insert) {
    return Answer.error("Code: 999. DB::Exception: planted");
  }

  /** Rows are written, and nobody hears of it. */
  static Answer loseAnswer(Insert insert) throws IOException, InterruptedException {
    insert.forward();
    return null;
  }

  /** Answers come when the latch is down. */
  static Fault holdAnswer(CountDownLatch until) {
    return insert -> {
      Answer answer = insert.forward();
      until.await();
      return answer;
    };
  }

  /**
   * The rows of one partition are written and those of the others are not.
   *
   * @param date the partition
   */
  static Fault onlyPartition(String date) {
    AtomicInteger next = new AtomicInteger();
    return insert -> {
      String table = insert.sql().replaceFirst("^INSERT INTO (\\w+) .*", "$1");
      String staging = "staging_" + next.getAndIncrement();
      insert.execute("CREATE TABLE " + staging + " AS " + table);
      insert.forward(insert.sql().replaceFirst(table, staging));
      insert.execute(
          "INSERT INTO "
              + table
              + " SELECT * FROM "
              + staging
              + " WHERE run_id LIKE '"
              + date
              + "%'");
      insert.execute("DROP TABLE " + staging);
      return Answer.error("Code: 999. DB::Exception: planted after partition " + date);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Forwarded request = new Forwarded(exchange, body);
      Fault present = fault;
      Answer answer;
      if (present != null && request.sql().startsWith("INSERT")) {
        answer = present.answer(request);
        faults.incrementAndGet();
      } else {
        answer = request.forward();
      }
      if (answer != null) {
        reply(exchange, answer);
      }
    } catch (IOException e) {
      faults.incrementAndGet(); // ClickHouse is away: the connection closes without an answer
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, Answer answer) throws IOException {
    answer
        .headers()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private final class Forwarded implements Insert {

    private final HttpExchange exchange;
    private final byte[] body;
    private final String sql;

    Forwarded(HttpExchange exchange, byte[] body) {
      this.exchange = exchange;
      this.body = body;
      this.sql = statement(exchange.getRequestURI());
    }

    @Override
    public String sql() {
      return sql;
    }

    @Override
    public Answer forward() throws IOException, InterruptedException {
      return send(exchange.getRequestURI().toString(), body);
    }

    @Override
    public Answer forward(String other) throws IOException, InterruptedException {
      String path = exchange.getRequestURI().toString();
      return send(path.replace(QUERY + encode(sql), QUERY + encode(other)), body);
    }

    @Override
    public Answer execute(String other) throws IOException, InterruptedException {
      return send("/?" + QUERY + encode(other), new byte[0]);
    }

    private Answer send(String path, byte[] content) throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(content));
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) -> {
                if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                  values.forEach(value -> request.header(name, value));
                }
              });
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    }
  }

  /** The statement of a request that has it in its address, as inserts do; else empty. */
  private static String statement(URI address) {
    String parameters = address.getRawQuery() == null ? "" : address.getRawQuery();
    int start = parameters.indexOf(QUERY);
    if (start < 0) {
      return "";
    }
    String value = parameters.substring(start + QUERY.length()).replaceFirst("&.*", "");
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  private static String encode(String sql) {
    return URLEncoder.encode(sql, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
