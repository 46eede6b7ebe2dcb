package io.evalstream.cli.report;

import io.evalstream.cli.Messages;
import io.evalstream.cli.terminal.Ink;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.loadgenerator.LoadResult;
import io.evalstream.statistics.grade.Grade;
import io.evalstream.statistics.grade.GradeRules;
import io.evalstream.statistics.grade.GradedMetric;
import io.evalstream.statistics.grade.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All scenarios of one command side by side, and the grade of them together: the worst. */
public final class SuiteReport {

  /**
   * A scenario and what came of it.
   *
   * @param ended requests, well or not
   */
  public record Part(
      String scenario,
      long ok,
      long ended,
      double seconds,
      Map<GradedMetric, Double> figures,
      Grade grade) {

    /** Of a result, graded by these rules. */
    public static Part of(String scenario, LoadResult result, GradeRules rules) {
      Map<GradedMetric, Double> figures = GradeFigures.of(result);
      return new Part(
          scenario,
          result.completed(),
          result.completed() + result.failed(),
          result.metrics().durationSeconds(),
          figures,
          rules.of(scenario).grade(figures));
    }
  }

  private static final List<GradedMetric> SHOWN =
      List.of(
          GradedMetric.REQUEST_THROUGHPUT,
          GradedMetric.OUTPUT_THROUGHPUT,
          GradedMetric.MEAN_TTFT,
          GradedMetric.P95_TTFT,
          GradedMetric.MEAN_TPOT,
          GradedMetric.P95_TPOT);

  private final Messages messages;
  private final Ink ink;
  private final GradeRules rules;

  /** A report with grades of these rules. */
  public SuiteReport(Messages messages, Ink ink, GradeRules rules) {
    this.messages = messages;
    this.ink = ink;
    this.rules = rules;
  }

  /** Its lines. */
  public List<String> lines(List<Part> parts) {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.add(ink.strong(messages.get("suite.title", parts.size())));
    lines.add("");
    lines.addAll(grades(parts));
    lines.add("");
    lines.addAll(figures(parts));
    lines.add("");
    Paragraph.lines("", overall(parts)).forEach(line -> lines.add(ink.strong(line)));
    return lines;
  }

  private List<String> grades(List<Part> parts) {
    TextTable table =
        new TextTable(
            messages.get("plan.scenario"),
            messages.get("table.grade"),
            messages.get("table.decides"),
            messages.get("table.ok"),
            messages.get("table.success"),
            messages.get("table.seconds"));
    for (Part part : parts) {
      table.row(
          part.scenario(),
          part.grade().letter() == null ? "–" : part.grade().letter().text(),
          deciding(part),
          Numbers.count(part.ok()) + "/" + Numbers.count(part.ended()),
          Numbers.percent(part.ok(), part.ended()),
          Numbers.decimal(part.seconds()));
    }
    return table.lines();
  }

  /** One metric, and how many more: the scenario's own report names them all. */
  private String deciding(Part part) {
    int count = part.grade().decisive().size();
    return count == 0
        ? "–"
        : messages.get("graded." + part.grade().decisive().get(0).metric().text())
            + (count == 1 ? "" : " +" + (count - 1));
  }

  private List<String> figures(List<Part> parts) {
    TextTable table =
        new TextTable(
            messages.get("plan.scenario"),
            messages.get("table.request_rate"),
            messages.get("table.token_rate"),
            messages.get("graded.mean_ttft_ms"),
            messages.get("graded.p95_ttft_ms"),
            messages.get("graded.mean_tpot_ms"),
            messages.get("graded.p95_tpot_ms"));
    for (Part part : parts) {
      List<String> cells = new ArrayList<>(List.of(part.scenario()));
      for (GradedMetric metric : SHOWN) {
        cells.add(Numbers.decimal(part.figures().getOrDefault(metric, Double.NaN)));
      }
      table.row(cells.toArray(new String[0]));
    }
    return table.lines();
  }

  private String overall(List<Part> parts) {
    List<Grade> grades = parts.stream().map(Part::grade).toList();
    Letter worst = Grade.worst(grades).orElse(null);
    if (worst == null) {
      return messages.get("grade.none");
    }
    if (worst.rank() == 0) {
      return messages.get("suite.best", worst.text());
    }
    String deciding =
        parts.stream()
            .filter(part -> worst.equals(part.grade().letter()))
            .map(
                part ->
                    part.scenario()
                        + " ("
                        + new GradeSection(messages, ink, rules.of(part.scenario()))
                            .deciding(part.grade())
                        + ")")
            .collect(Collectors.joining(", "));
    return messages.get("suite.decided", worst.text(), deciding);
  }
}
