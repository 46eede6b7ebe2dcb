package io.evalstream.cli;

import io.evalstream.cli.report.FailureSection;
import io.evalstream.cli.report.GradeFigures;
import io.evalstream.cli.report.GradeSection;
import io.evalstream.cli.report.LatencySection;
import io.evalstream.cli.report.SteadyStateSection;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.result.ResultOptions;
import io.evalstream.statistics.grade.GradeScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a generator measured by itself, from its raw values, and what grade that gets. */
final class BenchReport {

  private final Messages messages;
  private final Ink ink;
  private final ResultOptions options;
  private final GradeScale scale;

  BenchReport(Messages messages, Ink ink, ResultOptions options, GradeScale scale) {
    this.messages = messages;
    this.ink = ink;
    this.options = options;
    this.scale = scale;
  }

  List<String> lines(LoadResult result) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(totals(result));
    lines.add("");
    lines.addAll(new LatencySection(messages, options.percentiles()).lines(result.metrics()));
    lines.addAll(SteadyStateSection.lines(result.metrics(), result.steadyState(), messages));
    lines.add("");
    lines.addAll(grade(result));
    lines.addAll(FailureSection.lines(result, messages, ink));
    lines.addAll(trust(result.trust()));
    lines.addAll(accounting(result));
    lines.addAll(spill(result));
    lines.addAll(server(result));
    lines.addAll(notes(result));
    return lines;
  }

  private List<String> server(LoadResult result) {
    if (result.server() == null) {
      return List.of();
    }
    LoadMetrics metrics = result.metrics();
    return new ServerReport(
            List.of(result.server()), metrics.outputTokens(), metrics.durationSeconds())
        .lines(messages);
  }

  private List<String> totals(LoadResult result) {
    LoadMetrics metrics = result.metrics();
    long ended = result.completed() + result.failed();
    List<String> lines = new ArrayList<>();
    lines.add(
        messages.get(
            "bench.requests",
            Numbers.count(result.completed()),
            Numbers.count(result.failed()),
            Numbers.decimal(metrics.durationSeconds()),
            Numbers.count(ended),
            Numbers.percent(result.completed(), ended)));
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
      lines.addAll(
          Paragraph.lines(
              "", messages.get("report.status", result.status().text(), result.reason())));
    }
    return lines;
  }

  private List<String> grade(LoadResult result) {
    List<String> doubts = new ArrayList<>();
    if (!result.trust().trusted()) {
      doubts.add(messages.get("grade.untrusted"));
    }
    if (result.status() != ProducerState.Status.COMPLETED) {
      doubts.add(messages.get("grade.incomplete"));
    }
    return new GradeSection(messages, ink, scale)
        .lines(scale.grade(GradeFigures.of(result)), doubts);
  }

  private List<String> trust(Trust trust) {
    if (trust.reasons().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    if (trust.trusted()) {
      lines.addAll(Paragraph.lines("", messages.get("bench.partly_untrusted")));
    } else {
      Paragraph.lines("", messages.get("bench.untrusted"))
          .forEach(line -> lines.add(ink.warning(line)));
    }
    for (Trust.Reason reason : trust.reasons()) {
      lines.addAll(
          Paragraph.lines(
              "  ",
              messages.get(
                  "bench.untrusted_reason",
                  reason.sentence(),
                  Numbers.count(reason.concerned()),
                  Numbers.count(trust.seconds()))));
    }
    return lines;
  }

  /** What became of the records, when any were to be published. */
  private List<String> accounting(LoadResult result) {
    long acknowledged =
        result.published().values().stream().mapToLong(ProducerState.SentCount::records).sum();
    long made = acknowledged + result.spill().waiting() + result.droppedRecords();
    if (made == 0) {
      return List.of();
    }
    String byTopic =
        result.published().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(topic -> topic.getKey() + " " + Numbers.count(topic.getValue().records()))
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        Paragraph.lines(
            "",
            messages.get(
                "bench.accounting",
                Numbers.count(made),
                Numbers.count(acknowledged),
                byTopic,
                Numbers.count(result.spill().waiting()),
                Numbers.count(result.droppedRecords()))));
    return lines;
  }

  private List<String> spill(LoadResult result) {
    if (result.spill().records() == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        Paragraph.lines(
            "",
            messages.get(
                "bench.spilled",
                Numbers.count(result.spill().records()),
                Numbers.decimal(result.spill().secondsAway()),
                Numbers.count(result.spill().dropped()),
                Numbers.count(result.spill().waiting()))));
    if (result.spill().file() != null) {
      lines.add(messages.get("bench.resend", result.spill().file()));
    }
    return lines;
  }

  private List<String> notes(LoadResult result) {
    if (result.notes().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(List.of("", messages.get("bench.notes")));
    result.notes().forEach(note -> lines.addAll(Paragraph.lines("  ", note)));
    return lines;
  }
}
