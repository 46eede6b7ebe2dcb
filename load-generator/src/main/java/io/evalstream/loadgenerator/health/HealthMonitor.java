package io.evalstream.loadgenerator.health;

import io.evalstream.events.Event;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.evalstream.loadgenerator.measure.RunCounters;
import io.evalstream.loadgenerator.measure.SendLag;
import java.util.function.LongSupplier;

/** Publishes how the generator does. {@link #publish} is called every second, by one thread. */
public final class HealthMonitor {

  private final ExchangeContext context;
  private final EventLoopLag eventLoopLag;
  private final LongSupplier inFlight;
  private final GcPauses gcPauses = new GcPauses();
  private long seenChunks;
  private long seenReads;

  /** A monitor of a run; {@code inFlight} tells the requests in flight. */
  public HealthMonitor(ExchangeContext context, EventLoopLag eventLoopLag, LongSupplier inFlight) {
    this.context = context;
    this.eventLoopLag = eventLoopLag;
    this.inFlight = inFlight;
  }

  /** Publishes what happened since it was called before. */
  public void publish() {
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
                    dropped));
  }
}
