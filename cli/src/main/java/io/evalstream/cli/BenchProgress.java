package io.evalstream.cli;

import io.evalstream.cli.report.FailureSection;
import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.loadgenerator.Progress;
import io.evalstream.loadgenerator.ProgressListener;
import io.evalstream.loadgenerator.measure.RunningLatency;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A load test as it goes on. Rates and percentiles are those of the last seconds. */
final class BenchProgress implements ProgressListener {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BAR = 20;

  private final Messages messages;
  private final PrintWriter out;
  private final LiveLine line;
  private final Deque<Progress> window = new ArrayDeque<>();

  BenchProgress(Messages messages, PrintWriter out, LiveLine line) {
    this.messages = messages;
    this.out = out;
    this.line = line;
  }

  @Override
  public void started(String runId, String model, long planned) {
    out.println(messages.get("bench.started", runId, model, Numbers.count(planned)));
  }

  @Override
  public void progress(Progress progress) {
    window.addLast(progress);
    while (window.size() > 2
        && progress.elapsed().minus(window.peekFirst().elapsed()).compareTo(WINDOW) > 0) {
      window.removeFirst();
    }
    List<String> lines = lines(window.size() > 1 ? window.peekFirst() : null, progress);
    line.show(
        List.of(bar(progress) + "  " + lines.get(0), lines.get(1), lines.get(2)),
        percent(progress) + "%  " + String.join("  ", lines));
  }

  /** Takes what it showed off a terminal: the report says it all. */
  void end() {
    line.clear();
  }

  private List<String> lines(Progress first, Progress now) {
    RunningLatency ttft = now.latency().ttft();
    RunningLatency itl = now.latency().itl();
    long doneBefore = 0;
    Duration from = Duration.ZERO;
    if (first != null) {
      ttft = ttft.since(first.latency().ttft());
      itl = itl.since(first.latency().itl());
      doneBefore = done(first);
      from = first.elapsed();
    }
    double seconds = now.elapsed().minus(from).toNanos() / NANOS_PER_SECOND;
    double rate = seconds > 0 ? (done(now) - doneBefore) / seconds : 0;
    String failed = Numbers.count(now.failed());
    return List.of(
        messages.get(
            "progress.plan",
            Numbers.count(done(now)),
            Numbers.count(now.planned()),
            Numbers.clock(now.elapsed().toSeconds()),
            left(now)),
        messages.get(
            "progress.load",
            Numbers.decimal(rate),
            Numbers.count(Math.round(now.tokensPerSecond())),
            Numbers.count(now.running()),
            now.failed() == 0
                ? failed
                : failed + " (" + FailureSection.byStatus(now.ended(), messages) + ")"),
        messages.get("progress.latency", quantiles(ttft), quantiles(itl)));
  }

  /** How long the rest takes if it goes on as it went so far. */
  private static String left(Progress progress) {
    long done = done(progress);
    if (done == 0) {
      return "–";
    }
    double seconds = progress.elapsed().toNanos() / NANOS_PER_SECOND;
    return Numbers.clock(Math.round(seconds * (progress.planned() - done) / done));
  }

  private static String bar(Progress progress) {
    int full = (int) (BAR * done(progress) / Math.max(1, progress.planned()));
    return "["
        + "#".repeat(full)
        + ".".repeat(BAR - full)
        + "] "
        + "%3d%%".formatted(percent(progress));
  }

  private static long percent(Progress progress) {
    return 100 * done(progress) / Math.max(1, progress.planned());
  }

  private static long done(Progress progress) {
    return progress.completed() + progress.failed();
  }

  private static String quantiles(RunningLatency latency) {
    return latency.count() == 0
        ? "–"
        : Numbers.ms(latency.p50Us()) + "/" + Numbers.ms(latency.p95Us());
  }
}
