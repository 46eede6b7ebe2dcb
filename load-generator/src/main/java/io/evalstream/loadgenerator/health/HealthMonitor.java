package io.evalstream.loadgenerator.health;

import io.evalstream.events.Event;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.evalstream.loadgenerator.measure.RunCounters;
import io.evalstream.loadgenerator.measure.SendLag;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches how the generator does, and publishes it. {@link #look} is called every second, by one
 * thread at a time.
 */
public final class HealthMonitor {

  private final ExchangeContext context;
  private final EventLoopLag eventLoopLag;
  private final LongSupplier inFlight;
  private final TrustJudge judge;
  private final GcPauses gcPauses = new GcPauses();
  private long seenNanos;
  private long seenDispatched;
  private long seenLate;
  private long seenDropped;
  private long seenChunks;
  private long seenReads;

  /**
   * A monitor of a run.
   *
   * @param inFlight tells the requests in flight
   * @param startNanos when the run begins
   */
  public HealthMonitor(
      ExchangeContext context,
      EventLoopLag eventLoopLag,
      LongSupplier inFlight,
      TrustJudge judge,
      long startNanos) {
    this.judge = judge;
    this.seenNanos = startNanos;
    this.context = context;
    this.eventLoopLag = eventLoopLag;
    this.inFlight = inFlight;
  }

  /** Judges and publishes what happened since it was called before. */
  public synchronized void look() {
    RunCounters counters = context.counters();
    SendLag.Window lag = context.sendLag().take();
    long lagUs = eventLoopLag.takeUs();
    long gcMs = gcPauses.takeMs();
    long chunks = counters.chunks() - seenChunks;
    long reads = counters.reads() - seenReads;
    seenChunks += chunks;
    seenReads += reads;
    long running = inFlight.getAsLong();
    long dropped = context.publisher().dropped();
    long atUs = context.clock().nowUs();
    List<String> doubts = judge(chunks, reads, gcMs, dropped);
    if (!context.publisher().enabled()) {
      return;
    }
    context
        .publisher()
        .publish(
            Topic.GENERATOR_HEALTH,
            context.producerId(),
            sequence ->
                new GeneratorHealth(
                    Event.SCHEMA_VERSION,
                    context.runId(),
                    context.producerId(),
                    sequence,
                    atUs,
                    lag.p50Us(),
                    lag.p99Us(),
                    lag.maxUs(),
                    lagUs,
                    gcMs,
                    lag.count(),
                    running,
                    chunks,
                    reads,
                    dropped,
                    doubts));
  }

  /** Judges what was dropped after the last look. */
  public synchronized void judgeRest() {
    long dropped = context.publisher().dropped();
    List<Trust.Cause> unused =
        judge.add(new TrustJudge.Second(0, 0, 0, 0, 0, 0, 0, dropped - seenDropped));
    seenDropped = dropped;
  }

  private List<String> judge(long chunks, long reads, long gcMs, long droppedSoFar) {
    long now = System.nanoTime();
    long stalled = eventLoopLag.takeStalledNanos();
    long dispatched = context.counters().dispatched();
    long late = context.counters().lateDispatched();
    if (now <= seenNanos) {
      return List.of();
    }
    List<Trust.Cause> causes =
        judge.add(
            new TrustJudge.Second(
                now - seenNanos,
                dispatched - seenDispatched,
                late - seenLate,
                stalled,
                TimeUnit.MILLISECONDS.toNanos(gcMs),
                chunks,
                reads,
                droppedSoFar - seenDropped));
    seenNanos = now;
    seenDispatched = dispatched;
    seenLate = late;
    seenDropped = droppedSoFar;
    return causes.stream().map(Trust.Cause::text).toList();
  }
}
