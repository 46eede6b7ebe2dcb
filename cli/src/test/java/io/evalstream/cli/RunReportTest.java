package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.cli.results.Results;
import io.evalstream.statistics.grade.GradedMetric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {

  private static final Results.Run RUN =
      new Results.Run(
          "20260131-x", "now", "load", "m", "r", 4, 1, 1, "completed", "", 1, "trusted");
  private static final Results.Requests REQUESTS = new Results.Requests(4, 3, 30, 60, 2);

  private static final List<Results.LiveGrade> GRADES =
      List.of(
          new Results.LiveGrade(
              "a", "final", "B", "B", "B", "p95_ttft_ms request_throughput", 4, 4L),
          new Results.LiveGrade("b", "provisional", "A", "A", "C", "", 3, null));

  @Test
  void aRunIsGradedByTheFiguresThatClickHouseHolds() {
    assertThat(report(metric("a", "ttft")).figures("a"))
        .isEqualTo(
            Map.of(
                GradedMetric.SUCCESS_RATE, 75.0,
                GradedMetric.REQUEST_THROUGHPUT, 1.5,
                GradedMetric.OUTPUT_THROUGHPUT, 30.0,
                GradedMetric.MEAN_TTFT, 1.5,
                GradedMetric.MEDIAN_TTFT, 2.5,
                GradedMetric.P95_TTFT, 3.5,
                GradedMetric.P99_TTFT, 4.5));
  }

  @Test
  void theServingJobsGradeStandsBesideItsScenario() {
    assertThat(report(metric("a", "ttft"), metric("b", "ttft")).lines(Messages.of("en", Map.of())))
        .contains(
            "By the bounds on its plan: Grade B, decided by TTFT p95, requests/s; final, of",
            "  4/4 requests.",
            "By the bounds on its plan: Grade A; provisional, of 3 requests: it can still",
            "  become A to C.");
  }

  @Test
  void whatIsKeptForTheWholeRunIsNotAScenarios() {
    RunReport report = report(metric("a", "send_lag"), metric("b", "e2el"));

    assertThat(report.figures("a")).isEmpty();
    assertThat(report.figures("b"))
        .containsOnlyKeys(
            GradedMetric.MEAN_E2EL,
            GradedMetric.MEDIAN_E2EL,
            GradedMetric.P95_E2EL,
            GradedMetric.P99_E2EL);
  }

  private static RunReport report(Results.Metric... metrics) {
    return new RunReport(
        RUN,
        new GeneratorsReport(RUN, List.of(), new Results.Doubtful(0, "")),
        REQUESTS,
        GRADES,
        List.of(metrics),
        List.of(),
        List.of(),
        new AccountingReport(List.of(), List.of(), List.of(), List.of(), List.of()));
  }

  private static Results.Metric metric(String scenario, String name) {
    return new Results.Metric(scenario, name, 3, 9, 1_500, 2_500, 3_500, 4_500, 5_500);
  }
}
