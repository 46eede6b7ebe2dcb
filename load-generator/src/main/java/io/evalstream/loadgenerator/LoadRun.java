package io.evalstream.loadgenerator;

import io.evalstream.events.ProducerState;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.health.EventLoopLag;
import io.evalstream.loadgenerator.health.HealthMonitor;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.health.TrustJudge;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import io.evalstream.loadgenerator.measure.FailureLog;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.Measurements;
import io.evalstream.loadgenerator.measure.RequestDetails;
import io.evalstream.loadgenerator.measure.RunCounters;
import io.evalstream.loadgenerator.measure.SendLag;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.publish.SpillReport;
import io.evalstream.loadgenerator.servermetrics.ServerMetricsScraper;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run, from its first request to its last record. {@link #abort} may come from any thread. */
final class LoadRun {

  private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final Duration FLUSH_LIMIT = Duration.ofSeconds(30);
  private static final double NANOS_PER_SECOND = 1e9;

  private final RunSetup setup;
  private final RunJournal journal;
  private final ExchangeContext context;
  private final List<ExchangeContext> contexts;
  private final List<Batch> batches;
  private final Slots slots;
  private final EventLoopLag eventLoopLag;
  private final TrustJudge judge;
  private final HealthMonitor health;
  private final ServerMetricsScraper scraper;

  /** Of each server those of all loops. */
  private final List<List<LoopWorker>> workers;

  private final ProgressReporter reporter;
  private final Thread pacer;
  private final Duration abortGrace;
  private final long startNanos;
  private volatile boolean aborted;

  LoadRun(
      RunSetup setup,
      RunJournal journal,
      ProgressListener listener,
      Duration abortGrace,
      long startNanos) {
    this.startNanos = startNanos;
    this.abortGrace = abortGrace;
    this.setup = setup;
    this.journal = journal;
    LoadConfig config = setup.config();
    judge = new TrustJudge(config.trust());
    batches = setup.batches();
    eventLoopLag =
        new EventLoopLag(config.trust().stall(), setup.loops().size() * setup.servers().size());
    RunCounters counters = new RunCounters(config.trust().lateSend());
    SendLag sendLag = new SendLag();
    FailureLog failures = new FailureLog();
    contexts =
        setup.servers().stream()
            .map(
                server ->
                    new ExchangeContext(
                        setup.runId(),
                        setup.producerId(),
                        config.run().scenario(),
                        server.arm(),
                        setup.clock(),
                        config.timeouts(),
                        setup.publisher(),
                        new Measurements(setup.clock().wallUs(startNanos)),
                        counters,
                        sendLag,
                        failures,
                        new RequestDetails(config.options().keepDetails() || parted())))
            .toList();
    context = contexts.get(0);
    slots = new Slots(config.shard().of(config.maxConcurrency()), setup.plan().size(), startNanos);
    health = new HealthMonitor(context, eventLoopLag, slots::running, judge, startNanos);
    scraper = scraper();
    workers =
        IntStream.range(0, contexts.size())
            .mapToObj(server -> setup.loops().stream().map(loop -> worker(server, loop)).toList())
            .toList();
    reporter = new ProgressReporter(listener, context, slots, setup.planned(), startNanos, judge);
    pacer =
        new Thread(
            new Pacer(
                batches,
                config.workload().timed(),
                config.maxConcurrency() != null,
                startNanos,
                slots,
                dispatcher()),
            "evalstream-pacer");
    pacer.setDaemon(true);
    pacer.setUncaughtExceptionHandler(
        (thread, e) -> LOG.error("event=pacer_failed run={}", setup.runId(), e));
  }

  /** Stops sending; the run then waits briefly for what is in flight, and ends. */
  void abort() {
    aborted = true;
    pacer.interrupt();
  }

  /** Runs to the end. An interrupt of the calling thread aborts the run. */
  LoadResult execute() {
    ScheduledExecutorService monitor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "evalstream-monitor");
              thread.setDaemon(true);
              return thread;
            });
    boolean interrupted = false;
    try {
      reporter.started(setup.runId(), setup.model());
      if (scraper != null) {
        scraper.start();
      }
      every(monitor, Duration.ofMillis(250), reporter::report);
      every(monitor, Duration.ofSeconds(1), health::look);
      if (setup.publisher().enabled()) {
        every(monitor, Duration.ofSeconds(5), journal::heartbeat);
      }
      pacer.start();
      interrupted = awaitEnd();
    } finally {
      workers.forEach(each -> each.forEach(LoopWorker::close));
      end(monitor);
      if (scraper != null) {
        scraper.close();
      }
    }
    health.look();
    reporter.report();
    LoadResult result = finish();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return result;
  }

  /**
   * Waits until everything that is sent has ended.
   *
   * @return whether the calling thread was interrupted meanwhile
   */
  private boolean awaitEnd() {
    boolean interrupted = false;
    try {
      pacer.join();
      while (!aborted && !slots.awaitIdle(TimeUnit.MILLISECONDS.toNanos(100))) {
        // an abort ends the waiting
      }
    } catch (InterruptedException e) {
      interrupted = true;
      abort();
    }
    if (aborted) {
      stopInFlight();
    }
    return interrupted;
  }

  private void stopInFlight() {
    try {
      pacer.join();
      if (!slots.awaitIdle(abortGrace.toNanos())) {
        workers.forEach(each -> each.forEach(LoopWorker::stop));
        slots.awaitIdle(STOP_LIMIT.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      workers.forEach(each -> each.forEach(LoopWorker::stop));
    }
  }

  private static void every(ScheduledExecutorService monitor, Duration period, Runnable task) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            // an exception that escaped would end the repetition without a word
            LOG.error("event=monitor_failed", e);
          }
        };
    ScheduledFuture<?> unused =
        monitor.scheduleAtFixedRate(
            guarded, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void end(ScheduledExecutorService monitor) {
    monitor.shutdown();
    try {
      monitor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LoadResult finish() {
    long sent = context.counters().sent();
    int planned = setup.planned();
    boolean flushed = setup.publisher().flush(FLUSH_LIMIT);
    long dropped = setup.publisher().dropped();
    health.judgeRest();
    ProducerState.Status status = ProducerState.Status.COMPLETED;
    String reason = null;
    if (!flushed || dropped > 0) {
      status = ProducerState.Status.FAILED;
      reason =
          flushed
              ? "Kafka did not take " + dropped + " records"
              : "Kafka did not take the last records within "
                  + FLUSH_LIMIT.toSeconds()
                  + " s"
                  + waiting(setup.publisher().spill());
    }
    long ended = context.counters().ended().values().stream().mapToLong(Long::longValue).sum();
    if (!aborted && ended < planned) {
      status = ProducerState.Status.FAILED;
      reason = "Only " + ended + " of " + planned + " requests ended: look at the generator's log";
    }
    if (aborted) {
      String stopped = "The run was stopped after " + sent + " of " + planned + " requests";
      status = ProducerState.Status.ABORTED;
      reason = reason == null ? stopped : stopped + "; " + reason;
    }
    Trust trust = judge.trust();
    journal.finished(status, reason, trust);
    if (flushed) {
      setup.publisher().flush(FLUSH_LIMIT);
    }
    LOG.info(
        "event=run_finished run={} status={} sent={} dropped={}",
        setup.runId(),
        status.text(),
        sent,
        dropped);
    Map<String, ProducerState.SentCount> published =
        new LinkedHashMap<>(setup.publisher().acknowledged());
    published.remove(Topic.RUNS.text());
    double seconds = (slots.lastReleaseNanos() - startNanos) / NANOS_PER_SECOND;
    Parts parts = new Parts(setup, batches, contexts);
    List<ArmResult> arms = parts.arms();
    return new LoadResult(
        setup.runId(),
        setup.producerId(),
        setup.model(),
        status,
        reason,
        setup.clock().wallUs(startNanos),
        planned,
        sent,
        context.counters().ended(),
        context.failures().sentences(),
        arms.isEmpty()
            ? context.measurements().metrics(seconds)
            : LoadMetrics.merged(arms.stream().map(ArmResult::metrics).toList()).over(seconds),
        context.measurements().peak(),
        contexts.stream().flatMap(each -> each.details().byIndex().stream()).toList(),
        setup.publisher().dropped(),
        published,
        trust,
        setup.publisher().spill(),
        batches.size() > 1
            ? null
            : context
                .measurements()
                .steadyState(setup.clock().wallUs(slots.lastReleaseNanos()))
                .orElse(null),
        scraper == null ? null : scraper.summary().orElse(null),
        parts.blocks(),
        arms,
        parts.turns(),
        scraper == null ? List.of() : scraper.problems());
  }

  /** Null when nobody asks. */
  private ServerMetricsScraper scraper() {
    List<ServerMetricsScraper.Source> sources = setup.serverMetrics();
    return sources.isEmpty()
        ? null
        : new ServerMetricsScraper(
            context,
            sources.get(0),
            sources.size() > 1 ? sources.get(1) : null,
            setup.config().serverMetrics().interval());
  }

  private static String waiting(SpillReport spill) {
    return spill.file() == null ? "" : ": they wait in " + spill.file();
  }

  /** Whether more is told than of the run as a whole, so that every request must be known. */
  private boolean parted() {
    PlannedRequest first = setup.plan().get(0);
    return first.block() != null || first.turn() != null;
  }

  private LoopWorker worker(int server, EventLoop loop) {
    return new LoopWorker(
        loop,
        setup.servers().get(server).target(),
        contexts.get(server),
        slots,
        eventLoopLag,
        () -> aborted);
  }

  private Pacer.Dispatcher dispatcher() {
    List<RequestWriter> writers =
        setup.servers().stream()
            .map(server -> new RequestWriter(setup.runId(), server, setup.config().request()))
            .toList();
    Map<Integer, List<PlannedRequest>> conversations =
        setup.plan().stream()
            .filter(planned -> planned.turn() != null)
            .collect(Collectors.groupingBy(PlannedRequest::unit));
    return (server, planned) -> {
      RequestWriter writer = writers.get(server);
      List<LoopWorker> loops = workers.get(server);
      LoopWorker worker = loops.get(planned.unit() % loops.size());
      Dialogue dialogue =
          planned.turn() == null ? null : writer.dialogue(conversations.get(planned.unit()));
      Outgoing outgoing = dialogue == null ? writer.write(planned) : dialogue.ask(dialogue.next());
      return (scheduledNanos, readyNanos) ->
          worker.send(outgoing, dialogue, scheduledNanos, readyNanos);
    };
  }
}
