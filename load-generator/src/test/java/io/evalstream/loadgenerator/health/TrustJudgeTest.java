package io.evalstream.loadgenerator.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.loadgenerator.health.Trust.Cause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustJudgeTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MS = 1_000_000L;

  private final TrustJudge judge = new TrustJudge(TrustThresholds.DEFAULT);

  @Test
  void aHealthyRunIsTrusted() {
    for (int i = 0; i < 10; i++) {
      judge.add(new TrustJudge.Second(SECOND, 100, 1, 9 * MS, 9 * MS, 1000, 900, 0));
    }

    assertThat(judge.trust()).isEqualTo(new Trust(10, List.of()));
    assertThat(judge.trust().trusted()).isTrue();
  }

  @Test
  void oneBadSecondOfALongRunIsNamedAndTheRunTrusted() {
    for (int i = 0; i < 100; i++) {
      judge.add(stalled(i == 40 ? 50 * MS : 0));
    }

    Trust trust = judge.trust();
    assertThat(trust.trusted()).isTrue();
    assertThat(trust.reasons()).hasSize(1);
    assertThat(trust.reasons().get(0).cause()).isEqualTo(Cause.STALLS);
    assertThat(trust.reasons().get(0).wholeRun()).isFalse();
    assertThat(trust.reasons().get(0).firstSeconds()).containsExactly(40L);
  }

  @Test
  void whatTouchesMoreThanOneValueInAHundredMakesTheRunDoubtful() {
    for (int i = 0; i < 10; i++) {
      judge.add(stalled(i % 2 == 0 ? 30 * MS : 0));
    }

    Trust trust = judge.trust();
    assertThat(trust.trusted()).isFalse();
    assertThat(trust.reasons().get(0).concerned()).isEqualTo(5);
    assertThat(trust.reasons().get(0).sentence()).contains("1.5% of the time");
  }

  @Test
  void eachCauseIsToldApart() {
    assertThat(judge.add(new TrustJudge.Second(SECOND, 100, 2, 11 * MS, 11 * MS, 100, 70, 1)))
        .containsExactly(Cause.values());

    assertThat(judge.trust().reasons())
        .extracting(Trust.Reason::cause)
        .containsExactly(Cause.values());
    assertThat(judge.trust().reasons().get(0).sentence())
        .startsWith("2 of 100 requests left more than 10 ms after they could");
  }

  @Test
  void aScrapOfASecondCountsForTheRunOnly() {
    judge.add(new TrustJudge.Second(SECOND, 0, 0, 0, 0, 0, 0, 0));
    assertThat(judge.add(new TrustJudge.Second(10 * MS, 0, 0, 8 * MS, 0, 0, 0, 0))).isEmpty();

    assertThat(judge.trust()).isEqualTo(new Trust(1, List.of()));
  }

  @Test
  void aRunOfManyBadSecondsNamesTheFirstHundred() {
    for (int i = 0; i < 250; i++) {
      judge.add(stalled(SECOND));
    }

    assertThat(judge.trust().reasons().get(0).firstSeconds()).hasSize(100);
    assertThat(judge.trust().reasons().get(0).concerned()).isEqualTo(250);
  }

  @Test
  void thresholdsNameTheBadOne() {
    assertThatThrownBy(() -> new TrustThresholds(Duration.ZERO, Duration.ofMillis(1), 0.1, 0.1))
        .hasMessageContaining("late-send");
    assertThatThrownBy(
            () -> new TrustThresholds(Duration.ofMillis(1), Duration.ofMillis(1), 1.1, 0.1))
        .hasMessageContaining("share is 1.1");
  }

  private static TrustJudge.Second stalled(long nanos) {
    return new TrustJudge.Second(SECOND, 0, 0, nanos, 0, 0, 0, 0);
  }
}
