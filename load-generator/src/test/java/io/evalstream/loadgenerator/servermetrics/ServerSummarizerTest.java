package io.evalstream.loadgenerator.servermetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evalstream.events.ServerMetrics;
import org.junit.jupiter.api.Test;

class ServerSummarizerTest {

  private static final long SECOND = 1_000_000;

  private final ServerSummarizer summarizer = new ServerSummarizer();

  @Test
  void withoutAnAnswerThereIsNothing() {
    assertThat(summarizer.summary()).isEmpty();
  }

  @Test
  void levelsAreMeansAndLargestValues() {
    summarizer.add(sample(0, 2L, null, null, null));
    summarizer.add(sample(SECOND, 6L, null, null, null));
    summarizer.add(sample(2 * SECOND, null, null, null, null));

    ServerSummary summary = summarizer.summary().orElseThrow();
    assertThat(summary.endpoint()).isEqualTo("http://h:1");
    assertThat(summary.samples()).isEqualTo(3);
    assertThat(summary.seconds()).isEqualTo(2);
    assertThat(summary.running()).isEqualTo(new ServerSummary.Level(4, 6));
    assertThat(summary.waiting()).isNull();
    assertThat(summary.power()).isNull();
  }

  @Test
  void timesAreOfTheRequestsThatEndedMeanwhileAlsoOverARestart() {
    summarizer.add(sample(0, 1L, 900_000L, 90L, null));
    summarizer.add(sample(1, 1L, 1_000_000L, 100L, null));
    summarizer.add(sample(2, 1L, 20_000L, 2L, null));

    ServerSummary summary = summarizer.summary().orElseThrow();
    assertThat(summary.queueMs()).isEqualTo(10);
    assertThat(summary.prefillMs()).isNull();
  }

  @Test
  void oneAnswerTellsNoGrowth() {
    summarizer.add(sample(0, 1L, 900_000L, 90L, 5.0));

    ServerSummary summary = summarizer.summary().orElseThrow();
    assertThat(summary.queueMs()).isNull();
    assertThat(summary.power()).isNull();
  }

  @Test
  void powerIsIntegratedByTrapezoidsAndNotWhereItIsNotTold() {
    summarizer.add(sample(0, 1L, null, null, 100.0));
    summarizer.add(sample(2 * SECOND, 1L, null, null, 200.0));
    summarizer.add(sample(3 * SECOND, 1L, null, null, 200.0));
    summarizer.add(sample(9 * SECOND, 1L, null, null, null));
    summarizer.add(sample(10 * SECOND, 1L, null, null, 1000.0));

    ServerSummary.Power power = summarizer.summary().orElseThrow().power();
    assertThat(power.seconds()).isEqualTo(3);
    assertThat(power.meanWatts()).isCloseTo(500 / 3.0, within(1e-9));
    assertThat(power.joules(6)).isCloseTo(1000, within(1e-9));
  }

  private static ServerMetrics sample(
      long atUs, Long running, Long queueTimeUs, Long queueTimeCount, Double watts) {
    return new ServerMetrics(
        1,
        "20260131-a",
        "p",
        0,
        atUs,
        "http://h:1",
        running,
        null,
        null,
        null,
        null,
        null,
        queueTimeUs,
        queueTimeCount,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        watts);
  }
}
