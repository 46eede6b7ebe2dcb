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
            List.of(COUNTED), List.of(), List.of(new Results.Quarantined("p-1", 12)), List.of());

    assertThat(report.lines(Messages.of("en", Map.of())))
        .contains(
            "The clock of p-1 is ahead of the broker's: 12 of its records were refused. Set it"
                + " right and repeat the run.");
  }

  @Test
  void whatIsWithheldIsNamed() {
    AccountingReport report =
        new AccountingReport(
            List.of(COUNTED),
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
