package io.evalstream.loadgenerator.servermetrics;

import io.evalstream.loadgenerator.http.Call;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.WholeBody;
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
  private Runnable whenIdle = () -> {};

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
        latest = null;
        idle();
        problems.accept("it does not answer within 5 s");
      }
      return;
    }
    askedNanos = now;
    Page page = new Page(done);
    Call call = pool.send(request, page);
    running = page.over ? null : call;
  }

  /** Calls back once when nothing is being asked, which may be now. */
  void whenIdle(Runnable callback) {
    if (running == null) {
      callback.run();
    } else {
      whenIdle = callback;
    }
  }

  private void idle() {
    running = null;
    Runnable callback = whenIdle;
    whenIdle = () -> {};
    callback.run();
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

  private final class Page extends WholeBody {

    private final Consumer<PrometheusText> done;
    private boolean over;

    Page(Consumer<PrometheusText> done) {
      super(MAX_PAGE);
      this.done = done;
    }

    @Override
    public boolean end(long nanos) {
      over = true;
      if (status() == 200) {
        latest = PrometheusText.parse(new String(bytes(), StandardCharsets.UTF_8));
        done.accept(latest);
      } else {
        latest = null;
        problems.accept("it answers " + status());
      }
      idle();
      return true;
    }

    @Override
    public void failed(Failure failure, String sentence, long nanos) {
      over = true;
      latest = null;
      problems.accept(sentence);
      idle();
    }
  }
}
