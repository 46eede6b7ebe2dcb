package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.BlockResult;
import io.evalstream.statistics.blocks.BlockMetric;
import io.evalstream.statistics.blocks.BlockStatistics;
import java.util.ArrayList;
import java.util.List;

/** What each block of a run says as a whole. */
final class BlockReport {

  private final Messages messages;

  BlockReport(Messages messages) {
    this.messages = messages;
  }

  /** No lines without blocks. */
  List<String> lines(List<BlockResult> blocks) {
    if (blocks.isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(
            messages.get("block.block"),
            messages.get("block.seconds"),
            messages.get("block.requests"),
            messages.get("block.failed"),
            messages.get("block.e2el_geometric_mean"),
            messages.get("block.e2el_p95"),
            messages.get("block.ttft_p95"),
            messages.get("block.tpot_mean"),
            messages.get("block.throughput"));
    blocks.forEach(block -> row(table, block));
    List<String> lines = new ArrayList<>(List.of("", messages.get("block.title")));
    lines.addAll(table.lines());
    long saturated = blocks.stream().filter(b -> b.statistics().saturated()).count();
    if (saturated > 0) {
      lines.add(messages.get("block.saturated", saturated, blocks.size()));
    }
    return lines;
  }

  private static void row(TextTable table, BlockResult block) {
    BlockStatistics statistics = block.statistics();
    Double seconds = statistics.values().get(BlockMetric.SECONDS_PER_REQUEST);
    table.row(
        (block.arm() == null ? "" : block.arm() + " ")
            + block.block()
            + (statistics.saturated() ? " !" : ""),
        Numbers.decimal(block.seconds()),
        Numbers.count(statistics.requests()),
        Numbers.count(statistics.failed()),
        shown(statistics, BlockMetric.E2EL_GEOMETRIC_MEAN),
        shown(statistics, BlockMetric.E2EL_P95),
        shown(statistics, BlockMetric.TTFT_P95),
        shown(statistics, BlockMetric.TPOT_MEAN),
        Numbers.decimal(seconds == null ? Double.NaN : 1 / seconds));
  }

  private static String shown(BlockStatistics statistics, BlockMetric metric) {
    return Numbers.decimal(statistics.values().getOrDefault(metric, Double.NaN));
  }
}
