package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.cli.results.Results;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingReportTest {

  private static final Results.Completeness COUNTED =
      new Results.Completeness("token-timings", 1_000, 1_000, null, 9_000, 9_000, 9_000, 2, true);

  @Test
  void aProducerInQuarantineIsNamed() {
    AccountingReport report =
        new AccountingReport(
            List.of(COUNTED),
            List.of(),
            List.of(),
            List.of(new Results.Quarantined("p-1", 12)),
            List.of());

    assertThat(report.lines(Messages.of("en", Map.of())))
        .contains(
            "The clock of p-1 is ahead of the broker's: 12 of its records were refused. Set it"
                + " right and repeat the run.");
  }

  @Test
  void aRunIsCompleteWhenEachScenarioHasItsFinalGrade() {
    AccountingReport missing =
        graded(
            new Results.Graded("chat", "", 90, 90, true),
            new Results.Graded("code", "", 0, 1_200, false));
    AccountingReport refused =
        graded(new Results.Graded("chat", "The bounds on the plan make no scale", 9, 9, false));

    assertThat(graded(new Results.Graded("chat", "", 9, 9, true)).complete()).isTrue();
    assertThat(missing.complete()).isFalse();
    assertThat(missing.accounted()).isTrue();
    assertThat(missing.lines(Messages.of("en", Map.of())))
        .contains("Scenario code has no final grade yet: 0 of its 1,200 requests are graded.");
    assertThat(refused.complete()).isFalse();
    assertThat(refused.lines(Messages.of("ko", Map.of())))
        .contains("등급 없음: 시나리오 chat. The bounds on the plan make no scale.");
  }

  private static AccountingReport graded(Results.Graded... scenarios) {
    return new AccountingReport(
        List.of(COUNTED), List.of(scenarios), List.of(), List.of(), List.of());
  }

  @Test
  void whatIsWithheldIsNamed() {
    AccountingReport report =
        new AccountingReport(
            List.of(COUNTED),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Results.Withheld("p-1", "token-timings", 400, 600)));

    assertThat(report.lines(Messages.of("en", Map.of())))
        .contains(
            "600 of the 1,000 records that p-1 had sent on token-timings have not been read again"
                + " since the serving job started without its state.")
        .anyMatch(line -> line.startsWith("WITHHELD: "));
  }
}
