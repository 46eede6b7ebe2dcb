package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import java.util.ArrayList;
import java.util.List;

/** What a generator measured by itself, from its raw values. */
final class BenchReport {

  private final Messages messages;

  BenchReport(Messages messages) {
    this.messages = messages;
  }

  List<String> lines(LoadResult result) {
    LoadMetrics metrics = result.metrics();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        messages.get(
            "bench.requests",
            Numbers.count(result.completed()),
            Numbers.count(result.failed()),
            Numbers.decimal(metrics.durationSeconds())));
    lines.add(
        messages.get(
            "bench.throughput",
            Numbers.decimal(metrics.requestThroughput()),
            Numbers.decimal(metrics.outputThroughput()),
            Numbers.decimal(metrics.totalTokenThroughput())));
    if (result.reason() != null) {
      lines.add(messages.get("report.status", result.status().text(), result.reason()));
    }
    lines.add("");
    TextTable table =
        new TextTable(
            messages.get("table.metric"),
            messages.get("table.mean"),
            "p50",
            "p95",
            "p99",
            messages.get("table.max"));
    row(table, "ttft", metrics.ttft());
    row(table, "ttft_from_schedule", metrics.ttftFromIntendedStart());
    row(table, "tpot", metrics.tpot());
    row(table, "itl", metrics.itl());
    row(table, "e2el", metrics.e2el());
    row(table, "e2el_from_schedule", metrics.e2elFromIntendedStart());
    lines.addAll(table.lines());
    if (!result.failures().isEmpty()) {
      lines.add("");
      lines.add(messages.get("report.failures"));
      result.failures().forEach((error, count) -> lines.add("  " + count + " × " + error));
    }
    return lines;
  }

  private void row(TextTable table, String metric, LatencyDistribution values) {
    table.row(
        messages.get("metric." + metric),
        Numbers.decimal(values.meanMs()),
        Numbers.decimal(values.percentileMs(50)),
        Numbers.decimal(values.percentileMs(95)),
        Numbers.decimal(values.percentileMs(99)),
        Numbers.decimal(values.maxMs()));
  }
}
