package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.events.Arm;
import io.evalstream.loadgenerator.ArmResult;
import io.evalstream.loadgenerator.BlockResult;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.statistics.blocks.BlockComparison;
import io.evalstream.statistics.blocks.BlockMetric;
import io.evalstream.statistics.blocks.BlockStatistics;
import io.evalstream.statistics.blocks.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Two servers side by side, and how far the second is from the first, block by block. */
final class ComparisonReport {

  private static final double CONFIDENCE = 0.95;

  private final Messages messages;
  private final long seed;

  /** A report whose sign-flips, where they are drawn, have this seed. */
  ComparisonReport(Messages messages, long seed) {
    this.messages = messages;
    this.seed = seed;
  }

  /** No lines when there is one server. */
  List<String> lines(LoadResult result) {
    if (result.arms().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    for (ArmResult arm : result.arms()) {
      lines.add(messages.get("ab.arm", arm.arm(), arm.url(), arm.model()));
    }
    lines.addAll(sideBySide(result.arms().get(0), result.arms().get(1)));
    BlockComparison compared =
        BlockComparison.of(of(Arm.A, result), of(Arm.B, result), CONFIDENCE, seed);
    lines.add("");
    lines.add(messages.get("ab.compared", compared.pairs()));
    if (compared.saturated() > 0) {
      lines.add(messages.get("ab.saturated", compared.saturated()));
    }
    lines.addAll(differences(compared));
    return lines;
  }

  private List<String> sideBySide(ArmResult a, ArmResult b) {
    TextTable table =
        new TextTable(messages.get("table.metric"), "A", "B", messages.get("table.change"));
    row(table, "ab.ttft_mean", a, b, arm -> arm.metrics().ttft().meanMs());
    row(table, "ab.ttft_p95", a, b, arm -> arm.metrics().ttft().percentileMs(95));
    row(table, "ab.tpot_mean", a, b, arm -> arm.metrics().tpot().meanMs());
    row(table, "ab.itl_p99", a, b, arm -> arm.metrics().itl().percentileMs(99));
    row(table, "ab.e2el_mean", a, b, arm -> arm.metrics().e2el().meanMs());
    row(table, "ab.e2el_p95", a, b, arm -> arm.metrics().e2el().percentileMs(95));
    row(table, "ab.output_throughput", a, b, arm -> arm.metrics().outputThroughput());
    table.row(messages.get("ab.failed"), Numbers.count(a.failed()), Numbers.count(b.failed()), "");
    return table.lines();
  }

  private void row(
      TextTable table, String name, ArmResult a, ArmResult b, ToDoubleFunction<ArmResult> of) {
    double first = of.applyAsDouble(a);
    double second = of.applyAsDouble(b);
    table.row(
        messages.get(name),
        Numbers.decimal(first),
        Numbers.decimal(second),
        Numbers.change(first, second));
  }

  private List<String> differences(BlockComparison compared) {
    if (compared.differences().isEmpty()) {
      return List.of(messages.get("ab.nothing"));
    }
    TextTable table =
        new TextTable(
            messages.get("ab.metric"),
            messages.get("ab.difference"),
            messages.get("ab.interval"),
            messages.get("ab.p"));
    for (BlockMetric metric : BlockMetric.values()) {
      PairedDifference difference = compared.differences().get(metric);
      if (difference != null) {
        table.row(
            messages.get("ab.metric." + metric.text()),
            percent(difference.mean()),
            Double.isInfinite(difference.low())
                ? "–"
                : percent(difference.low()) + " … " + percent(difference.high()),
            String.format(Locale.ROOT, "%.4f", difference.pTwoSided()));
      }
    }
    return table.lines();
  }

  private static String percent(double logarithm) {
    return String.format(Locale.ROOT, "%+.2f%%", 100 * Math.expm1(logarithm));
  }

  private static Map<Integer, BlockStatistics> of(Arm arm, LoadResult result) {
    return result.blocks().stream()
        .filter(block -> block.arm() == arm)
        .collect(Collectors.toMap(BlockResult::block, BlockResult::statistics));
  }
}
