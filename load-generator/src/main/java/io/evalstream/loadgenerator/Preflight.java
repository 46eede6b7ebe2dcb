package io.evalstream.loadgenerator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.loadgenerator.LoadException.Kind;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.ResponseListener;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the server for its models, before any load: whether it is there and has the wanted one. */
final class Preflight {

  private static final String PATH = "/v1/models";
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int MAX_BODY = 4 << 20;

  private final Endpoint endpoint;
  private final String url;

  Preflight(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.url = endpoint.origin().url(PATH);
  }

  private record Answer(int status, byte[] body) {}

  /**
   * The model to ask for.
   *
   * @throws LoadException when the server is away, refuses, or does not have it
   */
  String model(EventLoop loop, ConnectionPool.Target target, HttpRequest.Factory requests) {
    Answer answer = get(loop, target, requests.get(PATH));
    int status = answer.status();
    if (status == 401 || status == 403) {
      throw new LoadException(
          Kind.USAGE,
          url + " answers " + status + ": the API key is missing or wrong, give the server's own");
    }
    if (status == 404) {
      throw new LoadException(
          Kind.USAGE,
          url + " answers 404: check the base URL, it is not that of a server of the OpenAI API");
    }
    if (status != 200) {
      throw new LoadException(
          Kind.BROKEN, url + " answers " + status + ": look at the server's log");
    }
    return choose(models(answer.body()));
  }

  private String choose(List<String> models) {
    if (models.isEmpty()) {
      throw new LoadException(
          Kind.BROKEN, url + " lists no model: wait until the server has loaded one");
    }
    String wanted = endpoint.model();
    if (wanted == null) {
      return models.get(0);
    }
    if (!models.contains(wanted)) {
      throw new LoadException(
          Kind.USAGE,
          "%s does not list model '%s': use one that it has (%s)"
              .formatted(url, wanted, String.join(", ", models)));
    }
    return wanted;
  }

  private List<String> models(byte[] body) {
    List<String> models = new ArrayList<>();
    try {
      JsonNode answer = new ObjectMapper().readTree(new String(body, StandardCharsets.UTF_8));
      for (JsonNode model : answer.path("data")) {
        if (model.path("id").isTextual()) {
          models.add(model.path("id").textValue());
        }
      }
      return models;
    } catch (JsonProcessingException e) {
      throw new LoadException(
          Kind.USAGE,
          url
              + " does not answer with JSON: check the base URL, it is not that of a server of the"
              + " OpenAI API",
          e);
    }
  }

  private Answer get(EventLoop loop, ConnectionPool.Target target, HttpRequest request) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.execute(() -> new ConnectionPool(loop, target).send(request, new Collector(answer)));
    try {
      return answer.get(
          target.connectTimeout().plus(ANSWER_LIMIT).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new LoadException(Kind.BROKEN, unreachable(e.getCause().getMessage()));
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

  private String unreachable(String why) {
    boolean tellsWhatToDo = why.contains("certificate") || why.contains("the proxy");
    return tellsWhatToDo
        ? url + " cannot be reached. " + why
        : "%s cannot be reached (%s): start the server or check the base URL".formatted(url, why);
  }

  private static final class Collector implements ResponseListener {

    private final CompletableFuture<Answer> answer;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    Collector(CompletableFuture<Answer> answer) {
      this.answer = answer;
    }

    @Override
    public void sent(long nanos) {}

    @Override
    public void head(int newStatus, boolean json, long nanos) {
      status = newStatus;
    }

    @Override
    public void body(byte[] bytes, int from, int to, long nanos) {
      if (body.size() < MAX_BODY) {
        body.write(bytes, from, to - from);
      }
    }

    @Override
    public boolean end(long nanos) {
      answer.complete(new Answer(status, body.toByteArray()));
      return false;
    }

    @Override
    public void failed(Failure failure, String sentence, long nanos) {
      answer.completeExceptionally(new IllegalStateException(sentence));
    }
  }
}
