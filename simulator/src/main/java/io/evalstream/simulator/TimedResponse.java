package io.evalstream.simulator;

import io.netty.channel.ChannelHandlerContext;

/**
 * An answer on its way: waits for a slot, is woken when something is due, ends once. All of it on
 * the event loop of its connection, but for {@link #admitted}.
 */
abstract class TimedResponse {
  /** What a response waits for after a turn. */
  enum Next {
    /** For the time {@link #dueNanos}. */
    DUE_TIME,
    /** For its next turn; there was more due than one turn takes. */
    TURN,
    /** For the client to read; {@link #writable} brings it back. */
    READER,
    /** For nothing, it has ended. */
    NOTHING
  }

  private final Connection connection;
  private final StreamScheduler scheduler;
  private final Slots slots;
  private final long arrivalNanos = System.nanoTime();
  private long startNanos;
  private long dueNanos;
  private boolean started;
  private boolean ended;

  final ChannelHandlerContext context;
  final GenerationRequest request;
  final ResponsePlan plan;
  final Metrics metrics;

  TimedResponse(
      Connection connection,
      ChannelHandlerContext context,
      Server server,
      GenerationRequest request,
      ResponsePlan plan) {
    this.connection = connection;
    this.context = context;
    this.scheduler = server.schedulerOf(context.channel().eventLoop());
    this.slots = server.slots();
    this.metrics = server.metrics();
    this.request = request;
    this.plan = plan;
  }

  /** Asks for a slot; the schedule starts when it is given. */
  void begin() {
    slots.acquire(this);
  }

  /** The slot was given at {@code nanoTime}; may be called on any thread. */
  void admitted(long nanoTime) {
    if (context.channel().eventLoop().inEventLoop()) {
      start(nanoTime);
    } else {
      context.channel().eventLoop().execute(() -> start(nanoTime));
    }
  }

  private void start(long nanoTime) {
    if (ended) {
      return;
    }
    started = true;
    startNanos = nanoTime;
    metrics.promptRead(request.promptTokens());
    dueNanos = startNanos + firstOffsetNanos();
    scheduler.add(this);
  }

  /** When the response wants its first turn, nanoseconds after its start. */
  abstract long firstOffsetNanos();

  /** Does what is due. */
  abstract Next takeTurn();

  /** The client reads again. */
  void writable() {}

  long dueNanos() {
    return dueNanos;
  }

  void setDueNanos(long value) {
    dueNanos = value;
  }

  /** When chunk {@code chunk} is to leave, on System.nanoTime's clock. */
  long scheduledNanos(int chunk) {
    return startNanos + plan.offsetNanos(chunk);
  }

  long arrivalNanos() {
    return arrivalNanos;
  }

  long startNanos() {
    return startNanos;
  }

  /** Brings the response back for a turn now. */
  void reschedule() {
    scheduler.add(this);
  }

  /**
   * Ends the response: the slot is free, the connection may take the next request.
   *
   * @param tokensCounted tokens of the answer that the metrics have counted
   */
  void end(FinishReason reason, int tokensCounted) {
    if (ended) {
      return;
    }
    ended = true;
    scheduler.remove(this);
    if (started) {
      metrics.left(request.promptTokens() + tokensCounted);
    }
    metrics.finished(reason);
    if (started || !slots.leaveQueue(this)) {
      slots.release();
    }
    connection.responseEnded();
  }

  /** Ends the response by closing the connection on purpose, once what was written has left. */
  void cut(int tokensCounted) {
    metrics.cut();
    connection.closeAfterResponse();
    end(FinishReason.ERROR, tokensCounted);
  }

  boolean hasEnded() {
    return ended;
  }

  /** The client went away. */
  abstract void abort();
}
