package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.health.EventLoopLag;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.evalstream.loadgenerator.measure.TokenExchange;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The requests of one event loop: their connections, their exchanges, one timer for all of them,
 * and a probe of how late the loop is. Only {@link #send}, {@link #stop} and the constructor are
 * called from other threads.
 */
final class LoopWorker {

  /** Often enough that no stall that matters falls between two looks. */
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final String UNANSWERED =
      "It was not sent: the turn before it in its conversation was not answered";
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EventLoop loop;
  private final ExchangeContext context;
  private final Slots slots;
  private final EventLoopLag lag;
  private final ConnectionPool pool;
  private final BooleanSupplier ending;
  private final Map<TokenExchange, Dialogue> running = new LinkedHashMap<>();
  private final ArrayDeque<TokenExchange> free = new ArrayDeque<>();
  private long nextProbeNanos;
  private boolean stopped;

  /**
   * A worker.
   *
   * @param ending whether conversations are not to go on
   */
  LoopWorker(
      EventLoop loop,
      ConnectionPool.Target target,
      ExchangeContext context,
      Slots slots,
      EventLoopLag lag,
      BooleanSupplier ending) {
    this.loop = loop;
    this.ending = ending;
    this.context = context;
    this.slots = slots;
    this.lag = lag;
    this.pool = new ConnectionPool(loop, target);
    loop.execute(this::scheduleTick);
    loop.execute(this::scheduleProbe);
  }

  /**
   * Sends a request, whose slot was taken, as soon as the loop comes to it. The slot is given back
   * when it has ended, and with it the rest of its conversation.
   *
   * @param dialogue its conversation; null when it belongs to none
   */
  void send(Outgoing outgoing, Dialogue dialogue, long scheduledNanos, long readyNanos) {
    loop.execute(
        () -> {
          TokenExchange exchange = free.pollLast();
          if (exchange == null) {
            exchange = new TokenExchange(context, this::over);
          }
          start(exchange, outgoing, dialogue, scheduledNanos, readyNanos);
        });
  }

  /** Gives up what is in flight. */
  void stop() {
    loop.execute(
        () -> {
          stopped = true;
          for (TokenExchange exchange : running.keySet().toArray(new TokenExchange[0])) {
            exchange.stop(System.nanoTime());
          }
        });
  }

  /** Closes the connections; nothing is in flight any more. */
  void close() {
    loop.execute(
        () -> {
          stopped = true;
          pool.close();
        });
  }

  private void over(TokenExchange exchange, long nanos) {
    Dialogue dialogue = running.remove(exchange);
    PlannedRequest next =
        dialogue == null || stopped || ending.getAsBoolean() ? null : dialogue.next();
    if (next == null) {
      free.addLast(exchange);
      slots.release(nanos);
      return;
    }
    boolean answered = exchange.answered();
    Outgoing outgoing = dialogue.ask(next);
    // when the connection is free again, for the next turn to take it
    loop.execute(
        () -> {
          if (answered) {
            start(exchange, outgoing, dialogue, nanos, nanos);
          } else {
            running.put(exchange, dialogue);
            exchange.skip(next, outgoing.requestId(), UNANSWERED, nanos);
          }
        });
  }

  private void start(
      TokenExchange exchange,
      Outgoing outgoing,
      Dialogue dialogue,
      long scheduledNanos,
      long readyNanos) {
    running.put(exchange, dialogue);
    exchange.start(
        outgoing.planned(),
        outgoing.requestId(),
        outgoing.request(),
        scheduledNanos,
        readyNanos,
        dialogue == null ? null : dialogue.answer(),
        pool);
    if (stopped && running.containsKey(exchange)) {
      exchange.stop(System.nanoTime());
    }
  }

  private void scheduleTick() {
    ScheduledFuture<?> unused = loop.schedule(this::tick, TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  private void scheduleProbe() {
    nextProbeNanos = System.nanoTime() + PROBE_NANOS;
    ScheduledFuture<?> unused = loop.schedule(this::probe, PROBE_NANOS, TimeUnit.NANOSECONDS);
  }

  private void probe() {
    lag.add(System.nanoTime() - nextProbeNanos);
    if (!stopped) {
      scheduleProbe();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    try {
      for (TokenExchange exchange : running.keySet().toArray(new TokenExchange[0])) {
        exchange.tick(now);
      }
    } finally {
      if (!stopped) {
        scheduleTick();
      }
    }
  }
}
