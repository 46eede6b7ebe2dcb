package io.evalstream.cli;

import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What was sent, counted, stored and graded of a run, and why there is a difference. */
record AccountingReport(
    List<Results.Completeness> completeness,
    List<Results.Graded> graded,
    List<Results.ProducerGap> gaps,
    List<Results.Quarantined> quarantined,
    List<Results.Withheld> withheld) {

  static AccountingReport of(Results results, String runId) {
    return new AccountingReport(
        results.completeness(runId),
        results.graded(runId),
        results.gaps(runId),
        results.quarantined(runId),
        results.withheld(runId));
  }

  /** Whether all that was sent is counted and stored, and every scenario has its final grade. */
  boolean complete() {
    return accounted() && graded.stream().allMatch(Results.Graded::complete);
  }

  /** Whether all that was sent is counted and stored. */
  boolean accounted() {
    return !completeness.isEmpty()
        && completeness.stream().allMatch(Results.Completeness::complete);
  }

  List<String> lines(Messages messages) {
    List<String> lines = new ArrayList<>();
    lines.add(messages.get(accounted() ? "report.accounted" : "report.not_accounted"));
    table(messages).lines().forEach(line -> lines.add("  " + line));
    for (Results.Graded scenario : graded) {
      if (!scenario.reason().isEmpty()) {
        lines.add(messages.get("report.ungraded", scenario.scenario(), scenario.reason()));
      } else if (!scenario.complete()) {
        lines.add(
            messages.get(
                "report.grade_missing",
                scenario.scenario(),
                Numbers.count(scenario.gradedRequests()),
                Numbers.count(scenario.storedRequests())));
      }
    }
    for (Results.ProducerGap gap : gaps) {
      lines.add(
          messages.get(
              "report.gap",
              gap.producerId(),
              gap.state(),
              Numbers.count(gap.sentRecords()),
              Numbers.count(gap.countedRecords()),
              gap.topic()));
    }
    for (Results.Quarantined producer : quarantined) {
      lines.add(
          messages.get(
              "report.quarantined", producer.producerId(), Numbers.count(producer.records())));
    }
    for (Results.Withheld count : withheld) {
      lines.add(
          messages.get(
              "report.withheld",
              count.producerId(),
              count.topic(),
              Numbers.count(count.outstanding()),
              Numbers.count(count.outstanding() + count.countedRecords())));
    }
    if (!withheld.isEmpty()) {
      lines.add(messages.get("report.withheld_run"));
    }
    long duplicates = completeness.stream().mapToLong(Results.Completeness::duplicates).sum();
    if (duplicates > 0) {
      lines.add(messages.get("report.duplicates", Numbers.count(duplicates)));
    }
    return lines;
  }

  private TextTable table(Messages messages) {
    TextTable table =
        new TextTable(
            messages.get("accounting.topic"),
            messages.get("accounting.sent"),
            messages.get("accounting.counted"),
            messages.get("accounting.stored"),
            messages.get("accounting.sent_tokens"),
            messages.get("accounting.counted_tokens"),
            messages.get("accounting.stored_tokens"));
    for (Results.Completeness topic : completeness) {
      table.row(
          topic.topic(),
          Numbers.count(topic.sentRecords()),
          Numbers.count(topic.countedRecords()),
          Objects.requireNonNullElse(
              topic.storedRecords() == null ? null : Numbers.count(topic.storedRecords()), "–"),
          Numbers.count(topic.sentTokens()),
          Numbers.count(topic.countedTokens()),
          Numbers.count(topic.storedTokens()));
    }
    return table;
  }
}
