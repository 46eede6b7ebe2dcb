package io.evalstream.loadgenerator.measure;

import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.http.Call;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.http.ResponseListener;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.sse.Output;
import io.evalstream.loadgenerator.sse.SseDecoder;
import io.evalstream.loadgenerator.sse.StreamEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One request from being sent to its outcome. Instances are reused for one request after another;
 * everything happens on one event loop.
 *
 * <p>What counts as a chunk is vLLM's rule (vllm/benchmarks/lib/endpoint_request_func.py): an event
 * whose {@code choices} are not empty, whether its text is empty or not. So the first token is the
 * first such event, and the chunk of a chat that only names the role, or only says why it ended, is
 * a chunk; the trailing event with the usage alone is none.
 *
 * <p>How many tokens a chunk holds: where the event carries {@code usage.completion_tokens}, as
 * many as that has grown since the chunk before; else one if the chunk brings output and none if it
 * does not. The output tokens of the request are the last {@code usage.completion_tokens} that was
 * seen, else the sum of those.
 */
public final class TokenExchange implements ResponseListener, SseDecoder.Listener {

  /** Stands for an instant that there is not. */
  public static final long NOT_TOLD = Long.MIN_VALUE;

  private static final Output[] OUTPUTS = Output.values();
  private static final int FLUSH_CHUNKS = 64;
  private static final long FLUSH_US = 200_000;
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_MESSAGE = 200;

  private enum Body {
    NONE,
    STREAM,
    ERROR,
    PLAIN
  }

  /** Told when an exchange is over and may be used again. */
  @FunctionalInterface
  public interface Owner {

    /** Called on the event loop, as the last thing of the exchange. */
    void over(TokenExchange exchange, long nanos);
  }

  private final ExchangeContext context;
  private final Owner owner;
  private final ExchangeRecords records;
  private final SseDecoder decoder = new SseDecoder(this);
  private final ChunkTimings timings = new ChunkTimings();
  private final PlainBody plain = new PlainBody();

  private PlannedRequest request;
  private String requestId;
  private Call call;
  private boolean active;
  private long scheduledNanos;
  private long startedNanos;
  private long sentNanos;
  private boolean sent;
  private int httpStatus;
  private Body body;
  private long bodyNanos;
  private long lastReadNanos;
  private long lastChunkNanos;
  private long doneNanos;
  private long promptTokens;
  private long reportedTokens;
  private String finishReason;
  private boolean serverError;
  private String serverMessage;
  private StringBuilder answer;
  private boolean answered;

  /** An exchange that belongs to {@code owner}. */
  public TokenExchange(ExchangeContext context, Owner owner) {
    this.context = context;
    this.owner = owner;
    this.records = new ExchangeRecords(context);
  }

  /**
   * Sends a request.
   *
   * @param scheduledAtNanos the intended start
   * @param readyAtNanos since when nothing but the generator holds it back; {@link #NOT_TOLD} when
   *     the plan gives it no such instant
   * @param wanted where to put the text of the answer, as it stands in the server's JSON; null when
   *     nobody wants it
   */
  public void start(
      PlannedRequest planned,
      String id,
      HttpRequest httpRequest,
      long scheduledAtNanos,
      long readyAtNanos,
      StringBuilder wanted,
      ConnectionPool pool) {
    begin(planned, id, scheduledAtNanos);
    answer = wanted;
    if (readyAtNanos != NOT_TOLD) {
      context.counters().dispatchedOne(startedNanos - readyAtNanos);
    }
    Call started = pool.send(httpRequest, this);
    if (active) {
      call = started;
    }
  }

  /** Ends a request as incomplete that is not sent at all. */
  public void skip(PlannedRequest planned, String id, String why, long nanos) {
    begin(planned, id, nanos);
    finish(RequestStatus.INCOMPLETE, why, nanos);
  }

  /** Whether the request that ended last ended well. */
  public boolean answered() {
    return answered;
  }

  private void begin(PlannedRequest planned, String id, long scheduledAtNanos) {
    request = planned;
    requestId = id;
    call = null;
    answer = null;
    active = true;
    scheduledNanos = scheduledAtNanos;
    startedNanos = System.nanoTime();
    sent = false;
    httpStatus = 0;
    body = Body.NONE;
    promptTokens = planned.promptTokens();
    reportedTokens = StreamEvent.ABSENT;
    finishReason = null;
    serverError = false;
    serverMessage = null;
    plain.clear();
    decoder.reset();
    timings.clear();
  }

  /**
   * Looks at the clock: publishes what has waited long enough, gives up what has taken too long.
   */
  public void tick(long nanos) {
    if (decoder.state() == SseDecoder.State.DONE) {
      if (nanos - doneNanos > DRAIN_NANOS) {
        giveUp(RequestStatus.OK, null, nanos);
      }
      return;
    }
    if (timings.pending() > 0
        && context.clock().wallUs(nanos) - timings.oldestPendingUs() >= FLUSH_US) {
      flush();
    }
    Timeouts limits = context.timeouts();
    if (nanos - startedNanos > limits.total().toNanos()) {
      timeout("the whole request", limits.total(), nanos);
    } else if (sent && timings.chunks() == 0) {
      if (nanos - sentNanos > limits.firstToken().toNanos()) {
        timeout("the first token", limits.firstToken(), nanos);
      }
    } else if (sent && nanos - lastChunkNanos > limits.gap().toNanos()) {
      timeout("the next token", limits.gap(), nanos);
    }
  }

  /** Gives the request up because the run is being stopped. */
  public void stop(long nanos) {
    boolean done = decoder.state() == SseDecoder.State.DONE;
    giveUp(
        done ? RequestStatus.OK : RequestStatus.INCOMPLETE,
        "The run was stopped before the answer was complete",
        nanos);
  }

  @Override
  public void sent(long nanos) {
    sentNanos = nanos;
    if (!sent) {
      sent = true;
      context.measurements().sent(context.clock().wallUs(nanos));
      context.counters().sentOne();
      context.sendLag().add(nanos - scheduledNanos);
    }
  }

  @Override
  public void head(int status, boolean json, long nanos) {
    httpStatus = status;
    body = status < 200 || status > 299 ? Body.ERROR : json ? Body.PLAIN : Body.STREAM;
  }

  @Override
  public void body(byte[] bytes, int from, int to, long nanos) {
    if (body != Body.STREAM) {
      plain.add(bytes, from, to);
      if (body == Body.ERROR && plain.full()) {
        // what it says is enough: it may never end
        call.cancel();
        httpError(nanos);
      }
      return;
    }
    bodyNanos = nanos;
    int chunksBefore = timings.chunks();
    long tokensBefore = timings.tokenCount();
    boolean doneBefore = decoder.state() == SseDecoder.State.DONE;
    decoder.feed(bytes, from, to);
    if (timings.chunks() > chunksBefore) {
      context
          .counters()
          .received(
              timings.chunks() - chunksBefore,
              timings.tokenCount() - tokensBefore,
              chunksBefore == 0 || nanos != lastReadNanos);
      lastReadNanos = nanos;
    }
    if (!doneBefore && decoder.state() == SseDecoder.State.DONE) {
      doneNanos = nanos;
    }
    giveUpIfBroken(nanos);
  }

  @Override
  public void event(StreamEvent event) {
    if (event.hasError()) {
      serverError = true;
      serverMessage = event.errorMessage();
    }
    if (serverError) {
      return;
    }
    if (event.promptTokens() != StreamEvent.ABSENT) {
      promptTokens = event.promptTokens();
    }
    long counted = event.completionTokens();
    if (counted != StreamEvent.ABSENT) {
      reportedTokens = counted;
    }
    if (!event.hasChoices()) {
      return;
    }
    if (answer != null) {
      event.appendText(answer);
    }
    if (event.finishReason() != null) {
      finishReason = event.finishReason();
    }
    long tokens =
        counted == StreamEvent.ABSENT
            ? (event.hasOutput() ? 1 : 0)
            : Math.max(0, counted - timings.tokenCount());
    boolean sameRead = timings.chunks() > 0 && bodyNanos == lastChunkNanos;
    timings.add(
        context.clock().wallUs(bodyNanos), (int) Math.min(tokens, Integer.MAX_VALUE), sameRead);
    for (Output kind : OUTPUTS) {
      if (event.brings(kind)) {
        timings.output(kind);
      }
    }
    lastChunkNanos = bodyNanos;
    if (timings.pending() >= FLUSH_CHUNKS) {
      flush();
    }
  }

  @Override
  public boolean end(long nanos) {
    switch (body) {
      case STREAM -> {
        bodyNanos = nanos;
        decoder.end();
        giveUpIfBroken(nanos);
        if (!active) {
          return false;
        }
        boolean clean = decoder.state() == SseDecoder.State.DONE && !decoder.trailing();
        if (decoder.state() == SseDecoder.State.DONE) {
          complete(nanos);
        } else {
          finish(RequestStatus.INCOMPLETE, "The stream ended without [DONE]", nanos);
        }
        return clean;
      }
      case PLAIN -> {
        if (plain.isError()) {
          serverMessage = plain.errorMessage();
          finish(RequestStatus.HTTP_ERROR, "The server answered with an error", nanos);
        } else {
          finish(RequestStatus.INCOMPLETE, "The server answered without a stream", nanos);
        }
        return true;
      }
      default -> {
        httpError(nanos);
        return true;
      }
    }
  }

  @Override
  public void failed(Failure failure, String sentence, long nanos) {
    if (failure == Failure.CONNECT) {
      finish(RequestStatus.CONNECT_ERROR, sentence, nanos);
    } else if (body == Body.ERROR) {
      httpError(nanos);
    } else if (decoder.state() == SseDecoder.State.DONE) {
      complete(nanos);
    } else {
      finish(RequestStatus.INCOMPLETE, sentence, nanos);
    }
  }

  private void giveUpIfBroken(long nanos) {
    if (serverError) {
      giveUp(RequestStatus.HTTP_ERROR, "The server reported an error in the stream", nanos);
    } else if (decoder.state() == SseDecoder.State.MALFORMED) {
      giveUp(RequestStatus.INCOMPLETE, "An event of the stream is no valid JSON", nanos);
    } else if (decoder.state() == SseDecoder.State.TOO_LONG) {
      giveUp(RequestStatus.INCOMPLETE, "A line of the stream is longer than 4 MiB", nanos);
    }
  }

  private void httpError(long nanos) {
    serverMessage = plain.errorMessage();
    finish(RequestStatus.HTTP_ERROR, "The server answered " + httpStatus, nanos);
  }

  private String withMessage(String sentence) {
    if (serverMessage == null || serverMessage.isBlank()) {
      return sentence;
    }
    String message = serverMessage.replaceAll("\\p{Cntrl}+", " ").strip();
    return sentence
        + ": "
        + (message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message);
  }

  private void timeout(String what, Duration limit, long nanos) {
    giveUp(
        RequestStatus.TIMEOUT,
        "The time limit of " + limit.toMillis() / 1000.0 + " s for " + what + " ran out",
        nanos);
  }

  private void giveUp(RequestStatus status, String sentence, long nanos) {
    if (call != null) {
      call.cancel();
    }
    if (status == RequestStatus.OK) {
      complete(nanos);
    } else {
      finish(status, sentence, nanos);
    }
  }

  private void complete(long nanos) {
    if (saysNothing()) {
      finish(RequestStatus.INCOMPLETE, "The stream ended without any token", nanos);
    } else {
      context
          .measurements()
          .add(
              context.clock().wallUs(scheduledNanos),
              context.clock().wallUs(sentNanos),
              timings,
              promptTokens,
              outputTokens());
      finish(RequestStatus.OK, null, nanos);
    }
  }

  private void finish(RequestStatus status, String error, long nanos) {
    active = false;
    answered = status == RequestStatus.OK;
    call = null;
    flush();
    context.counters().endedOne(status);
    if (status != RequestStatus.OK && sent) {
      context
          .measurements()
          .addFailed(context.clock().wallUs(sentNanos), context.clock().wallUs(nanos));
    }
    // what the server says may repeat the prompt, so it is told here and not published
    String told = error == null ? null : withMessage(error);
    if (told != null) {
      context.failures().add(told);
    }
    context
        .details()
        .add(
            request.index(),
            context.clock().wallUs(sent ? sentNanos : scheduledNanos),
            timings,
            promptTokens,
            outputTokens(),
            status == RequestStatus.OK ? null : told);
    records.outcome(request, requestId, timings, ending(status, error, nanos));
    owner.over(this, nanos);
  }

  /**
   * No chunk, or only such as name the role: there is no latency of an answer. One that is empty by
   * the server's own account has a finish reason.
   */
  private boolean saysNothing() {
    boolean empty = outputTokens() == 0 && !timings.hasOutput();
    return timings.chunks() == 0 || (empty && finishReason == null);
  }

  private long outputTokens() {
    return reportedTokens != StreamEvent.ABSENT ? reportedTokens : timings.tokenCount();
  }

  private void flush() {
    records.chunks(requestId, timings);
  }

  private ExchangeRecords.Ending ending(RequestStatus status, String error, long nanos) {
    RunClock clock = context.clock();
    return new ExchangeRecords.Ending(
        clock.wallUs(scheduledNanos),
        sent ? clock.wallUs(sentNanos) : null,
        clock.wallUs(nanos),
        promptTokens,
        outputTokens(),
        status,
        httpStatus == 0 ? null : httpStatus,
        error,
        finishReason);
  }
}
