package io.evalstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.loadgenerator.servermetrics.ServerSummary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerReportTest {

  private static final Messages ENGLISH = Messages.of("en", Map.of());

  @Test
  void tokensPerJouleAreThoseOfAllServersTogether() {
    ServerReport report =
        new ServerReport(
            List.of(
                server(new ServerSummary.Power(100, 9)), server(new ServerSummary.Power(60, 8))),
            3200,
            10);

    assertThat(report.tokensPerJoule()).isEqualTo(2);
    assertThat(report.lines(ENGLISH))
        .contains(
            "  requests running, mean / max: 2.00 / 3.00",
            "  tokens per joule: 2.00 (1,600.00 J = 160.00 W, the mean by trapezoids over 8.00 s of"
                + " samples, times the run's 10.00 s)");
  }

  @Test
  void whatIsNotToldIsADash() {
    ServerReport report =
        new ServerReport(List.of(server(new ServerSummary.Power(100, 9)), server(null)), 10, 1);

    assertThat(report.tokensPerJoule()).isNaN();
    assertThat(report.lines(ENGLISH))
        .contains(
            "  requests waiting, mean / max: –",
            "  mean time of a request in queue / prefill / decode: 1.50 / – / – ms",
            "  tokens per joule: – (nobody tells the power: give --dcgm-url)");
  }

  @Test
  void withoutServersNothingIsSaid() {
    assertThat(new ServerReport(List.of(), 10, 1).lines(ENGLISH)).isEmpty();
  }

  private static ServerSummary server(ServerSummary.Power power) {
    return new ServerSummary(
        "http://h:8000",
        3,
        2,
        new ServerSummary.Level(2, 3),
        null,
        null,
        1.5,
        null,
        null,
        7L,
        null,
        null,
        power);
  }
}
