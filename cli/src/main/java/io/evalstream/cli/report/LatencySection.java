package io.evalstream.cli.report;

import io.evalstream.cli.Messages;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.TimingDetail;
import io.evalstream.loadgenerator.result.ResultOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The latencies of a run. What vLLM's definitions leave out is told only where it says something
 * else than they do.
 */
public final class LatencySection {

  private static final double SAME = 0.01;

  private final Messages messages;
  private final List<BigDecimal> percentiles;

  /** A section with these percentiles. */
  public LatencySection(Messages messages, List<BigDecimal> percentiles) {
    this.messages = messages;
    this.percentiles = percentiles;
  }

  /** Its lines. */
  public List<String> lines(LoadMetrics metrics) {
    TimingDetail detail = metrics.detail();
    TextTable table = new TextTable(headings());
    row(table, "ttft", metrics.ttft());
    row(table, "ttft_from_schedule", metrics.ttftFromIntendedStart());
    ifAny(table, "first_reasoning", detail.firstReasoning());
    if (differs(detail.firstContent(), metrics.ttft())) {
      ifAny(table, "first_content", detail.firstContent());
    }
    ifAny(table, "first_tool_call", detail.firstToolCall());
    row(table, "tpot", metrics.tpot());
    row(table, "itl", metrics.itl());
    if (differs(detail.perToken(), metrics.itl())) {
      ifAny(table, "per_token", detail.perToken());
    }
    row(table, "e2el", metrics.e2el());
    row(table, "e2el_from_schedule", metrics.e2elFromIntendedStart());
    List<String> lines = new ArrayList<>(table.lines());
    if (detail.coalescedGaps() > 0) {
      lines.addAll(
          Paragraph.lines(
              "",
              messages.get(
                  "bench.coalesced",
                  Numbers.percent(detail.coalescedGaps(), detail.gaps()),
                  Numbers.count(detail.coalescedGaps()),
                  Numbers.count(detail.gaps()))));
    }
    return lines;
  }

  private static boolean differs(LatencyDistribution one, LatencyDistribution other) {
    return Math.abs(one.meanMs() - other.meanMs()) > SAME * other.meanMs()
        || Math.abs(one.percentileMs(99) - other.percentileMs(99)) > SAME * other.percentileMs(99);
  }

  private String[] headings() {
    List<String> headings =
        new ArrayList<>(List.of(messages.get("table.metric"), messages.get("table.mean")));
    percentiles.forEach(percentile -> headings.add("p" + ResultOptions.word(percentile)));
    headings.add(messages.get("table.max"));
    return headings.toArray(new String[0]);
  }

  private void ifAny(TextTable table, String metric, LatencyDistribution values) {
    if (values.count() > 0) {
      row(table, metric, values);
    }
  }

  private void row(TextTable table, String metric, LatencyDistribution values) {
    boolean any = values.count() > 0;
    List<String> cells = new ArrayList<>();
    cells.add(messages.get("metric." + metric));
    cells.add(Numbers.decimal(any ? values.meanMs() : Double.NaN));
    for (BigDecimal percentile : percentiles) {
      cells.add(Numbers.decimal(any ? values.percentileMs(percentile.doubleValue()) : Double.NaN));
    }
    cells.add(Numbers.decimal(any ? values.maxMs() : Double.NaN));
    table.row(cells.toArray(new String[0]));
  }
}
