package io.evalstream.cli.report;

import io.evalstream.cli.Messages;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.SteadyState;
import io.evalstream.statistics.grade.GradedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run without its ramp-up and its drain, beside the whole of it. */
public final class SteadyStateSection {

  private static final double HARDLY = 0.5;

  private SteadyStateSection() {}

  /**
   * Its lines.
   *
   * @param steady null when the run was too short to have one: then there are no lines
   */
  public static List<String> lines(LoadMetrics whole, SteadyState steady, Messages messages) {
    if (steady == null || steady.requests() == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        Paragraph.lines(
            "",
            messages.get(
                steady.withinShare() < HARDLY ? "bench.hardly_steady" : "bench.steady",
                Numbers.decimal(steady.fromSeconds()),
                Numbers.decimal(steady.toSeconds()),
                String.format(Locale.ROOT, "%,.1f", steady.plateau()),
                String.format(Locale.ROOT, "%.0f%%", 100 * steady.withinShare()))));
    lines.add("");
    TextTable table = new TextTable("", messages.get("table.whole"), messages.get("table.steady"));
    table.row(
        messages.get("table.requests"),
        Numbers.count(whole.completed()),
        Numbers.count(steady.requests()));
    row(
        table,
        messages,
        GradedMetric.REQUEST_THROUGHPUT,
        whole.requestThroughput(),
        steady.requestThroughput());
    row(
        table,
        messages,
        GradedMetric.OUTPUT_THROUGHPUT,
        whole.outputThroughput(),
        steady.outputThroughput());
    mean(table, messages, GradedMetric.MEAN_TTFT, whole.ttft(), steady.ttft());
    p95(table, messages, GradedMetric.P95_TTFT, whole.ttft(), steady.ttft());
    mean(table, messages, GradedMetric.MEAN_TPOT, whole.tpot(), steady.tpot());
    p95(table, messages, GradedMetric.P95_TPOT, whole.tpot(), steady.tpot());
    p95(table, messages, GradedMetric.P95_ITL, whole.itl(), steady.itl());
    p95(table, messages, GradedMetric.P95_E2EL, whole.e2el(), steady.e2el());
    lines.addAll(table.lines());
    return lines;
  }

  private static void mean(
      TextTable table,
      Messages messages,
      GradedMetric metric,
      LatencyDistribution whole,
      LatencyDistribution steady) {
    row(table, messages, metric, whole.meanMs(), steady.meanMs());
  }

  private static void p95(
      TextTable table,
      Messages messages,
      GradedMetric metric,
      LatencyDistribution whole,
      LatencyDistribution steady) {
    row(table, messages, metric, whole.percentileMs(95), steady.percentileMs(95));
  }

  private static void row(
      TextTable table, Messages messages, GradedMetric metric, double whole, double steady) {
    String unit = metric.unit() == GradedMetric.Unit.MILLISECONDS ? " (ms)" : "";
    table.row(
        messages.get("graded." + metric.text()) + unit,
        Numbers.decimal(whole),
        Numbers.decimal(steady));
  }
}
