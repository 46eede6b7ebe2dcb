package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.health.TrustJudge;
import io.evalstream.loadgenerator.measure.ExchangeContext;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener how the run stands. {@link #report} is called by one thread at a time. */
final class ProgressReporter {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
  private static final int WINDOW = 4;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ProgressListener listener;
  private final ExchangeContext context;
  private final Slots slots;
  private final TrustJudge judge;
  private final long planned;
  private final long startNanos;
  private final long[] pastNanos = new long[WINDOW];
  private final long[] pastTokens = new long[WINDOW];
  private int reports;

  ProgressReporter(
      ProgressListener listener,
      ExchangeContext context,
      Slots slots,
      long planned,
      long startNanos,
      TrustJudge judge) {
    this.judge = judge;
    this.listener = listener;
    this.context = context;
    this.slots = slots;
    this.planned = planned;
    this.startNanos = startNanos;
    Arrays.fill(pastNanos, startNanos);
  }

  void started(String runId, String model) {
    guarded(() -> listener.started(runId, model, planned));
  }

  synchronized void report() {
    long now = System.nanoTime();
    long tokens = context.counters().tokens();
    int oldest = reports++ % WINDOW;
    double seconds = (now - pastNanos[oldest]) / NANOS_PER_SECOND;
    double rate = seconds > 0 ? (tokens - pastTokens[oldest]) / seconds : 0;
    pastNanos[oldest] = now;
    pastTokens[oldest] = tokens;
    Progress progress =
        new Progress(
            Duration.ofNanos(Math.max(0, now - startNanos)),
            planned,
            context.counters().sent(),
            slots.running(),
            context.counters().ended(),
            tokens,
            rate,
            context.publisher().dropped(),
            context.measurements().running(),
            judge.trust());
    guarded(() -> listener.progress(progress));
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.warn("event=progress_listener_failed error={}", e.toString());
    }
  }
}
