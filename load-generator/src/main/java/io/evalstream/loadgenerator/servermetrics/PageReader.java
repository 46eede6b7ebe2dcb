package io.evalstream.loadgenerator.servermetrics;

import io.evalstream.loadgenerator.http.Call;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.ResponseListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads one page again and again, one request at a time. Everything happens on the event loop of
 * its pool.
 */
final class PageReader {

  private static final int MAX_PAGE = 8 << 20;
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ConnectionPool pool;
  private final HttpRequest request;
  private final Consumer<String> problems;
  private PrometheusText latest;
  private Call running;
  private long askedNanos;

  /** A reader; {@code problems} is told why the page could not be read. */
  PageReader(ConnectionPool pool, HttpRequest request, Consumer<String> problems) {
    this.pool = pool;
    this.request = request;
    this.problems = problems;
  }

  /**
   * Asks for the page, unless it is being asked for; that is given up after five seconds.
   *
   * @param done called when it was read
   */
  void read(Consumer<PrometheusText> done) {
    long now = System.nanoTime();
    if (running != null) {
      if (now - askedNanos > LIMIT_NANOS) {
        running.cancel();
        running = null;
        latest = null;
        problems.accept("it does not answer within 5 s");
      }
      return;
    }
    askedNanos = now;
    Page page = new Page(done);
    Call call = pool.send(request, page);
    running = page.over ? null : call;
  }

  /** The page read last; null when it cannot be read. */
  PrometheusText latest() {
    return latest;
  }

  void close() {
    if (running != null) {
      running.cancel();
    }
    pool.close();
  }

  private final class Page implements ResponseListener {

    private final Consumer<PrometheusText> done;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private boolean over;

    Page(Consumer<PrometheusText> done) {
      this.done = done;
    }

    @Override
    public void sent(long nanos) {}

    @Override
    public void head(int newStatus, boolean json, long nanos) {
      status = newStatus;
    }

    @Override
    public void body(byte[] bytes, int from, int to, long nanos) {
      if (body.size() < MAX_PAGE) {
        body.write(bytes, from, to - from);
      }
    }

    @Override
    public boolean end(long nanos) {
      over = true;
      running = null;
      if (status == 200) {
        latest = PrometheusText.parse(body.toString(StandardCharsets.UTF_8));
        done.accept(latest);
      } else {
        latest = null;
        problems.accept("it answers " + status);
      }
      return true;
    }

    @Override
    public void failed(Failure failure, String sentence, long nanos) {
      over = true;
      running = null;
      latest = null;
      problems.accept(sentence);
    }
  }
}
