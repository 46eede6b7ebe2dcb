package io.evalstream.cli;

import io.evalstream.cli.report.GradeFigures;
import io.evalstream.cli.results.Results;
import io.evalstream.cli.terminal.Numbers;
import io.evalstream.cli.terminal.Paragraph;
import io.evalstream.cli.terminal.TextTable;
import io.evalstream.events.Metric;
import io.evalstream.loadgenerator.servermetrics.ServerSummary;
import io.evalstream.statistics.grade.GradedMetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as ClickHouse holds it. */
record RunReport(
    Results.Run run,
    GeneratorsReport generators,
    Results.Requests requests,
    List<Results.LiveGrade> grades,
    List<Results.Metric> metrics,
    List<Results.Failure> failures,
    List<ServerSummary> servers,
    AccountingReport accounting) {

  private static final double US_PER_MS = 1000;

  /** The metrics that a report shows, in this order; all are times. */
  private static final List<Metric> SHOWN =
      List.of(
          Metric.TTFT,
          Metric.TTFT_FROM_SCHEDULE,
          Metric.TPOT,
          Metric.ITL,
          Metric.TOKEN_LATENCY,
          Metric.E2EL,
          Metric.E2EL_FROM_SCHEDULE,
          Metric.SEND_LAG);

  static RunReport of(Results results, Results.Run run) {
    String id = run.runId();
    return new RunReport(
        run,
        new GeneratorsReport(run, results.producers(id), results.doubtful(id)),
        results.requests(id),
        results.grades(id),
        results.metrics(id),
        results.failures(id),
        results.servers(id),
        AccountingReport.of(results, id));
  }

  /** Whether the run did all it planned, and all it sent is counted, stored and graded. */
  boolean complete() {
    return run.status().equals("completed") && accounting.complete();
  }

  /** Whether all that was sent is counted and stored. */
  boolean accounted() {
    return accounting.accounted();
  }

  /** Output tokens per second over the whole run. */
  double outputThroughput() {
    return requests.seconds() > 0 ? requests.outputTokens() / requests.seconds() : Double.NaN;
  }

  /** The scenarios that have metrics. */
  List<String> scenarios() {
    return metrics.stream().map(Results.Metric::scenario).distinct().toList();
  }

  /**
   * What a scenario is graded by. The success rate and the throughputs are kept for the run alone:
   * where it has several scenarios they are left out.
   */
  Map<GradedMetric, Double> figures(String scenario) {
    Map<GradedMetric, Double> figures = new EnumMap<>(GradedMetric.class);
    if (requests.total() > 0 && scenarios().size() == 1) {
      figures.put(
          GradedMetric.SUCCESS_RATE, GradeFigures.successPercent(requests.ok(), requests.total()));
      figures.put(GradedMetric.REQUEST_THROUGHPUT, perSecond(requests.ok()));
      figures.put(GradedMetric.OUTPUT_THROUGHPUT, outputThroughput());
    }
    for (Results.Metric metric : metrics) {
      if (metric.scenario().equals(scenario)) {
        figure(figures, "mean", metric.metric(), metric.mean());
        figure(figures, "median", metric.metric(), metric.p50());
        figure(figures, "p95", metric.metric(), metric.p95());
        figure(figures, "p99", metric.metric(), metric.p99());
      }
    }
    return figures;
  }

  private static void figure(
      Map<GradedMetric, Double> figures, String statistic, String metric, double us) {
    GradedMetric.named(statistic + "_" + metric + "_ms")
        .ifPresent(graded -> figures.put(graded, us / US_PER_MS));
  }

  /** A metric over all its windows; null when the run has no value of it. */
  Results.Metric metric(Metric metric) {
    return metrics.stream().filter(m -> m.metric().equals(metric.text())).findFirst().orElse(null);
  }

  List<String> lines(Messages messages) {
    List<String> lines = new ArrayList<>();
    lines.add(messages.get("report.title", run.runId(), run.release(), run.model()));
    lines.add(
        run.reasons().isEmpty()
            ? messages.get("report.state", run.status())
            : messages.get("report.status", run.status(), run.reasons()));
    lines.addAll(generators.lines(messages));
    lines.add(
        messages.get(
            "bench.requests",
            Numbers.count(requests.ok()),
            Numbers.count(requests.total() - requests.ok()),
            Numbers.decimal(requests.seconds()),
            Numbers.count(requests.total()),
            Numbers.percent(requests.ok(), requests.total())));
    lines.add(
        messages.get(
            "bench.throughput",
            Numbers.decimal(perSecond(requests.ok())),
            Numbers.decimal(outputThroughput()),
            Numbers.decimal(perSecond(requests.promptTokens() + requests.outputTokens()))));
    for (String scenario : scenarios()) {
      lines.add("");
      lines.add(messages.get("report.scenario", scenario));
      lines.addAll(table(scenario, messages));
      grades.stream()
          .filter(grade -> grade.scenario().equals(scenario) && !grade.letter().isEmpty())
          .forEach(grade -> lines.addAll(Paragraph.lines("", sentence(grade, messages))));
    }
    lines.addAll(
        new ServerReport(servers, requests.outputTokens(), requests.seconds()).lines(messages));
    if (!failures.isEmpty()) {
      lines.add("");
      lines.add(messages.get("report.failures"));
      failures.forEach(
          failure ->
              lines.add(
                  "  " + failure.count() + " × " + failure.status() + ": " + failure.error()));
    }
    lines.add("");
    lines.addAll(accounting.lines(messages));
    return lines;
  }

  private static String sentence(Results.LiveGrade grade, Messages messages) {
    String what =
        grade.deciding().isEmpty()
            ? messages.get("grade.best", grade.letter())
            : messages.get(
                "grade.decided",
                grade.letter(),
                Arrays.stream(grade.deciding().split(" ", -1))
                    .map(metric -> messages.get("graded." + metric))
                    .collect(Collectors.joining(", ")));
    String requests =
        grade.planned() == null
            ? Numbers.count(grade.requests())
            : Numbers.count(grade.requests()) + "/" + Numbers.count(grade.planned());
    return messages.get(
        "report.grade." + grade.state(), what, requests, grade.bestLetter(), grade.worstLetter());
  }

  private List<String> table(String scenario, Messages messages) {
    TextTable table =
        new TextTable(
            messages.get("table.metric"),
            messages.get("table.mean"),
            "p50",
            "p95",
            "p99",
            messages.get("table.max"),
            messages.get("table.count"));
    for (Metric shown : SHOWN) {
      metrics.stream()
          .filter(m -> m.scenario().equals(scenario) && m.metric().equals(shown.text()))
          .forEach(
              m ->
                  table.row(
                      messages.get("metric." + m.metric()),
                      Numbers.ms(m.mean()),
                      Numbers.ms(m.p50()),
                      Numbers.ms(m.p95()),
                      Numbers.ms(m.p99()),
                      Numbers.ms(m.max()),
                      Numbers.count(m.count())));
    }
    return table.lines();
  }

  private double perSecond(long count) {
    return requests.seconds() > 0 ? count / requests.seconds() : Double.NaN;
  }
}
