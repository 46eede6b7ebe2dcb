package io.evalstream.cli;

import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import java.util.ArrayList;
import java.util.List;

/** TTFT turn by turn: what a server's prefix cache is worth in conversations. */
final class TurnReport {

  private final Messages messages;

  TurnReport(Messages messages) {
    this.messages = messages;
  }

  /** No lines without conversations. */
  List<String> lines(List<LatencyDistribution> turns) {
    if (turns.isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(
            messages.get("turn.turn"),
            messages.get("block.requests"),
            messages.get("table.mean"),
            "p50",
            "p95",
            messages.get("table.max"));
    for (int turn = 0; turn < turns.size(); turn++) {
      LatencyDistribution ttft = turns.get(turn);
      table.row(
          Integer.toString(turn + 1),
          Numbers.count(ttft.count()),
          Numbers.decimal(ttft.meanMs()),
          Numbers.decimal(ttft.medianMs()),
          Numbers.decimal(ttft.percentileMs(95)),
          Numbers.decimal(ttft.maxMs()));
    }
    List<String> lines = new ArrayList<>(List.of("", messages.get("turn.title")));
    lines.addAll(table.lines());
    return lines;
  }
}
