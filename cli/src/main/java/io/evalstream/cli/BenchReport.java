package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.result.ResultOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a generator measured by itself, from its raw values. */
final class BenchReport {

  private final Messages messages;
  private final ResultOptions options;

  BenchReport(Messages messages, ResultOptions options) {
    this.messages = messages;
    this.options = options;
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
    if (options.goodput() != null) {
      lines.add(
          messages.get(
              "bench.goodput",
              Numbers.decimal(
                  options.goodput().perSecond(result.details(), metrics.durationSeconds()))));
    }
    if (result.reason() != null) {
      lines.add(messages.get("report.status", result.status().text(), result.reason()));
    }
    lines.add("");
    TextTable table = new TextTable(headings());
    row(table, "ttft", metrics.ttft());
    row(table, "ttft_from_schedule", metrics.ttftFromIntendedStart());
    row(table, "tpot", metrics.tpot());
    row(table, "itl", metrics.itl());
    row(table, "e2el", metrics.e2el());
    row(table, "e2el_from_schedule", metrics.e2elFromIntendedStart());
    lines.addAll(table.lines());
    lines.addAll(trust(result.trust()));
    if (result.spill().records() > 0) {
      lines.add(
          messages.get(
              "bench.spilled",
              Numbers.count(result.spill().records()),
              Numbers.decimal(result.spill().secondsAway()),
              Numbers.count(result.spill().dropped()),
              Numbers.count(result.spill().waiting())));
    }
    if (result.spill().file() != null) {
      lines.add(messages.get("bench.resend", result.spill().file()));
    }
    if (result.server() != null) {
      lines.addAll(
          new ServerReport(
                  List.of(result.server()), metrics.outputTokens(), metrics.durationSeconds())
              .lines(messages));
    }
    result.notes().forEach(note -> lines.add(messages.get("bench.note", note)));
    if (!result.failures().isEmpty()) {
      lines.add("");
      lines.add(messages.get("report.failures"));
      result.failures().forEach((error, count) -> lines.add("  " + count + " × " + error));
    }
    return lines;
  }

  private List<String> trust(Trust trust) {
    if (trust.reasons().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(messages.get(trust.trusted() ? "bench.partly_untrusted" : "bench.untrusted"));
    for (Trust.Reason reason : trust.reasons()) {
      lines.add(
          "  "
              + messages.get(
                  "bench.untrusted_reason",
                  reason.sentence(),
                  Numbers.count(reason.concerned()),
                  Numbers.count(trust.seconds())));
    }
    return lines;
  }

  private String[] headings() {
    List<String> headings =
        new ArrayList<>(List.of(messages.get("table.metric"), messages.get("table.mean")));
    options.percentiles().forEach(percentile -> headings.add("p" + ResultOptions.word(percentile)));
    headings.add(messages.get("table.max"));
    return headings.toArray(new String[0]);
  }

  private void row(TextTable table, String metric, LatencyDistribution values) {
    List<String> cells = new ArrayList<>();
    cells.add(messages.get("metric." + metric));
    cells.add(Numbers.decimal(values.meanMs()));
    for (BigDecimal percentile : options.percentiles()) {
      cells.add(Numbers.decimal(values.percentileMs(percentile.doubleValue())));
    }
    cells.add(Numbers.decimal(values.maxMs()));
    table.row(cells.toArray(new String[0]));
  }
}
