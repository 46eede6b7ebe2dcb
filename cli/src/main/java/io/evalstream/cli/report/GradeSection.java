package io.evalstream.cli.report;

import io.evalstream.cli.Messages;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.statistics.grade.Grade;
import io.evalstream.statistics.grade.GradeScale;
import io.evalstream.statistics.grade.GradedMetric;
import io.evalstream.statistics.grade.MetricGrade;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The grade, what each metric got and would need, and what to improve. */
public final class GradeSection {

  private static final Pattern STATISTIC = Pattern.compile("(mean|median|p95|p99)_(.*)_ms");

  private final Messages messages;
  private final Ink ink;
  private final GradeScale scale;

  /** A section for grades of a scale. */
  public GradeSection(Messages messages, Ink ink, GradeScale scale) {
    this.messages = messages;
    this.ink = ink;
    this.scale = scale;
  }

  /**
   * Its lines.
   *
   * @param doubts sentences about why the grade may not be what it seems
   */
  public List<String> lines(Grade grade, List<String> doubts) {
    List<String> lines = new ArrayList<>();
    if (grade.letter() == null) {
      lines.add(messages.get("grade.none"));
    } else {
      String letter = grade.letter().text();
      Paragraph.lines(
              "",
              grade.decisive().isEmpty()
                  ? messages.get("grade.best", letter)
                  : messages.get("grade.decided", letter, deciding(grade)))
          .forEach(line -> lines.add(ink.strong(line)));
      doubts.forEach(doubt -> lines.add(ink.warning(doubt)));
      lines.add("");
      lines.addAll(table(grade));
    }
    if (!grade.withoutFigure().isEmpty()) {
      lines.addAll(
          Paragraph.lines(
              "",
              messages.get(
                  "grade.without_figure",
                  grade.withoutFigure().stream()
                      .map(this::name)
                      .collect(Collectors.joining(", ")))));
    }
    if (!grade.missed().isEmpty()) {
      lines.add("");
      lines.add(messages.get("grade.improve"));
      grade.missed().forEach(missed -> lines.addAll(Paragraph.lines("  ", improvement(missed))));
    }
    return lines;
  }

  /** The metrics that decide, by name. */
  String deciding(Grade grade) {
    return grade.decisive().stream()
        .map(decisive -> name(decisive.metric()))
        .collect(Collectors.joining(", "));
  }

  private List<String> table(Grade grade) {
    List<String> headings = new ArrayList<>();
    headings.add(messages.get("table.graded"));
    headings.add(messages.get("table.figure"));
    List<String> bounded = scale.letters().subList(0, scale.letters().size() - 1);
    headings.addAll(bounded);
    headings.add(messages.get("table.grade"));
    TextTable table = new TextTable(headings.toArray(new String[0]));
    for (MetricGrade metric : grade.metrics()) {
      List<String> cells = new ArrayList<>();
      cells.add(name(metric.metric()));
      cells.add(figure(metric));
      String sign = metric.metric().moreIsBetter() ? "≥ " : "≤ ";
      scale.bounds().get(metric.metric()).forEach(b -> cells.add(sign + Numbers.plain(b)));
      cells.add(metric.letter().text());
      table.row(cells.toArray(new String[0]));
    }
    return table.lines();
  }

  private String improvement(MetricGrade missed) {
    GradedMetric metric = missed.metric();
    return messages.get(
        metric.moreIsBetter() ? "grade.needs_more" : "grade.needs_less",
        name(metric),
        figure(missed),
        missed.better().text(),
        Numbers.plain(missed.missedBound()) + unit(metric),
        messages.get("improve." + STATISTIC.matcher(metric.text()).replaceFirst("$2")));
  }

  private static String figure(MetricGrade grade) {
    double bound = grade.better() == null ? grade.figure() : grade.missedBound();
    return Numbers.apartFrom(bound, grade.figure()) + unit(grade.metric());
  }

  private static String unit(GradedMetric metric) {
    return switch (metric.unit()) {
      case PERCENT -> "%";
      case PER_SECOND -> "";
      case MILLISECONDS -> " ms";
    };
  }

  private String name(GradedMetric metric) {
    return messages.get("graded." + metric.text());
  }
}
