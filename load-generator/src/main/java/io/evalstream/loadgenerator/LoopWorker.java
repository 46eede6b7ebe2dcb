package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.health.EventLoopLag;
import io.evalstream.loadgenerator.http.ConnectionPool;
import io.evalstream.loadgenerator.http.HttpRequest;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.evalstream.loadgenerator.measure.TokenExchange;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The requests of one event loop: their connections, their exchanges, one timer for all of them,
 * and a probe of how late the loop is. Only {@link #send}, {@link #stop} and the constructor are
 * called from other threads.
 */
final class LoopWorker {

  /** Often enough that no stall that matters falls between two looks. */
  private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EventLoop loop;
  private final ExchangeContext context;
  private final Slots slots;
  private final EventLoopLag lag;
  private final ConnectionPool pool;
  private final Set<TokenExchange> running = new LinkedHashSet<>();
  private final ArrayDeque<TokenExchange> free = new ArrayDeque<>();
  private long nextProbeNanos;
  private boolean stopped;

  LoopWorker(
      EventLoop loop,
      ConnectionPool.Target target,
      ExchangeContext context,
      Slots slots,
      EventLoopLag lag) {
    this.loop = loop;
    this.context = context;
    this.slots = slots;
    this.lag = lag;
    this.pool = new ConnectionPool(loop, target);
    loop.execute(this::scheduleTick);
    loop.execute(this::scheduleProbe);
  }

  /** Sends a request, whose slot was taken, as soon as the loop comes to it. */
  void send(
      PlannedRequest planned,
      String requestId,
      HttpRequest request,
      long scheduledNanos,
      long readyNanos) {
    loop.execute(
        () -> {
          TokenExchange exchange = free.pollLast();
          if (exchange == null) {
            exchange = new TokenExchange(context, this::over);
          }
          running.add(exchange);
          exchange.start(planned, requestId, request, scheduledNanos, readyNanos, pool);
          if (stopped && running.contains(exchange)) {
            exchange.stop(System.nanoTime());
          }
        });
  }

  /** Gives up what is in flight. */
  void stop() {
    loop.execute(
        () -> {
          stopped = true;
          for (TokenExchange exchange : running.toArray(new TokenExchange[0])) {
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
    running.remove(exchange);
    free.addLast(exchange);
    slots.release(nanos);
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
      for (TokenExchange exchange : running.toArray(new TokenExchange[0])) {
        exchange.tick(now);
      }
    } finally {
      if (!stopped) {
        scheduleTick();
      }
    }
  }
}
