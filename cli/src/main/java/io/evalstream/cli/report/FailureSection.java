package io.evalstream.cli.report;

import io.evalstream.cli.Messages;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Why requests did not end well: how many by status, and by sentence, the most frequent first. */
public final class FailureSection {

  private FailureSection() {}

  /** Its lines; none when all ended well. */
  public static List<String> lines(LoadResult result, Messages messages, Ink ink) {
    if (result.failed() == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(
        ink.warning(
            messages.get(
                "bench.failures",
                Numbers.count(result.failed()),
                byStatus(result.ended(), messages))));
    result.failures().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(
            failure ->
                lines.addAll(
                    Paragraph.lines(
                        "  ", Numbers.count(failure.getValue()) + " × " + failure.getKey())));
    return lines;
  }

  /** How many ended badly, by how: those that there are. */
  public static String byStatus(Map<RequestStatus, Long> ended, Messages messages) {
    return ended.entrySet().stream()
        .filter(entry -> entry.getKey() != RequestStatus.OK && entry.getValue() > 0)
        .sorted(Map.Entry.<RequestStatus, Long>comparingByValue().reversed())
        .map(
            entry ->
                messages.get("status." + entry.getKey().text(), Numbers.count(entry.getValue())))
        .collect(Collectors.joining(", "));
  }
}
