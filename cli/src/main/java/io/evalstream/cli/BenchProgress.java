package io.evalstream.cli;

import io.evalstream.cli.terminal.LiveLine;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.loadgenerator.Progress;
import io.evalstream.loadgenerator.ProgressListener;
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
            Numbers.ms(progress.latency().ttft().p50Us()),
            Numbers.ms(progress.latency().ttft().p99Us()),
            Numbers.ms(progress.latency().itl().p50Us()),
            Numbers.ms(progress.latency().itl().p99Us()));
    line.show(last);
    if (progress.completed() + progress.failed() == progress.planned()) {
      line.end();
    }
  }
}
