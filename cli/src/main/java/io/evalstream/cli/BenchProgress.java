package io.evalstream.cli;

import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.loadgenerator.Progress;
import io.evalstream.loadgenerator.ProgressListener;
import io.evalstream.loadgenerator.measure.RunningLatency;
import java.io.PrintWriter;

/** A load test as it goes on, in one line. */
final class BenchProgress implements ProgressListener {

  private final Messages messages;
  private final PrintWriter out;
  private final LiveLine line;
  private String last = "";

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
    last =
        messages.get(
            "bench.progress",
            progress.elapsed().toSeconds(),
            Numbers.count(progress.completed() + progress.failed()),
            Numbers.count(progress.planned()),
            progress.running(),
            progress.failed(),
            Numbers.count(Math.round(progress.tokensPerSecond())),
            quantiles(progress.latency().ttft()),
            quantiles(progress.latency().itl()));
    line.show(last);
  }

  /** Leaves the last state on the screen. */
  void end() {
    line.end(last);
  }

  private static String quantiles(RunningLatency latency) {
    return latency.count() == 0
        ? "–"
        : Numbers.ms(latency.p50Us()) + "/" + Numbers.ms(latency.p99Us());
  }
}
