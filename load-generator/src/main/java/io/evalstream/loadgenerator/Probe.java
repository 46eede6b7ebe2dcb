package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.LoadException.Kind;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.WholeBody;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a server one thing, before or after the load. */
final class Probe {

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int MAX_BODY = 4 << 20;

  private Probe() {}

  /** What the server answered. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Answer(int status, byte[] body) {}

  /**
   * The whole answer.
   *
   * @param url the request's, to name it
   * @throws LoadException when there is none
   */
  static Answer get(EventLoop loop, ConnectionPool.Target target, HttpRequest request, String url) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> new ConnectionPool(loop, target).send(request, new Collector(answer)));
    try {
      return answer.get(
          target.connectTimeout().plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LoadException(Kind.BROKEN, unreachable(url, e.getCause().getMessage()));
    } catch (TimeoutException e) {
      throw new LoadException(
          Kind.BROKEN,
          "%s does not answer within %d s: look at the server's log"
              .formatted(url, ANSWER_LIMIT.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException(Kind.BROKEN, "The run was interrupted before it began");
    }
  }

  private static String unreachable(String url, String why) {
    boolean tellsWhatToDo = why.contains("certificate") || why.contains("the proxy");
    return tellsWhatToDo
        ? url + " cannot be reached. " + why
        : "%s cannot be reached (%s): start the server or check the base URL".formatted(url, why);
  }

  private static final class Collector extends WholeBody {

    private final CompletableFuture<Answer> answer;

    Collector(CompletableFuture<Answer> answer) {
      super(MAX_BODY);
      this.answer = answer;
    }

    @Override
    public boolean end(long nanos) {
      answer.complete(new Answer(status(), bytes()));
      return false;
    }

    @Override
    public void failed(Failure failure, String sentence, long nanos) {
      answer.completeExceptionally(new IllegalStateException(sentence));
    }
  }
}
