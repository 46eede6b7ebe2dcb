package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlanEstimateTest {

  private static final PlanEstimate.Pace PACE = new PlanEstimate.Pace(100, 10);

  @Test
  void aClosedLoopTakesTurns() {
    PlanEstimate estimate =
        PlanEstimate.of(new RandomWorkload(10, 100, 11, 0, Arrivals.UNLIMITED).plan(1), 4, PACE);

    assertThat(estimate.requests()).isEqualTo(10);
    assertThat(estimate.inputTokens()).isEqualTo(1000);
    assertThat(estimate.outputTokens()).isEqualTo(110);
    assertThat(estimate.durationSeconds()).as("three turns of 0.2 s").isCloseTo(0.6, within(1e-9));
  }

  @Test
  void aRateDecidesWhenNothingHoldsItBack() {
    Arrivals arrivals = new Arrivals(2, Arrivals.Spacing.CONSTANT);

    assertThat(
            PlanEstimate.of(new RandomWorkload(10, 100, 11, 0, arrivals).plan(1), null, PACE)
                .durationSeconds())
        .as("the last is sent after 5 s")
        .isCloseTo(5.2, within(1e-9));
    assertThat(
            PlanEstimate.of(
                    new RandomWorkload(10, 100, 11, 0, Arrivals.UNLIMITED).plan(1), null, PACE)
                .durationSeconds())
        .isCloseTo(0.2, within(1e-9));
  }

  @Test
  void blocksFollowEachOther() {
    Workload block = new RandomWorkload(10, 100, 11, 0, Arrivals.UNLIMITED);

    PlanEstimate estimate = PlanEstimate.of(new BlockWorkload(block, 3).plan(1), 4, PACE);

    assertThat(estimate.durationSeconds()).isCloseTo(1.8, within(1e-9));
    assertThat(estimate.times(2).durationSeconds()).isCloseTo(3.6, within(1e-9));
    assertThat(estimate.times(2).requests()).isEqualTo(60);
  }

  @Test
  void blocksNeedTimeAndRequests() {
    assertThat(new PlanEstimate(1000, 1, 1, 600).blocks(60, 100)).isEqualTo(10);
    assertThat(new PlanEstimate(450, 1, 1, 600).blocks(60, 100)).isEqualTo(4);
    assertThat(new PlanEstimate(1000, 1, 1, 59).blocks(60, 100)).isZero();
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> new PlanEstimate.Pace(-1, 0)).hasMessageContaining("expected-ttft");
    assertThatThrownBy(() -> new PlanEstimate.Pace(1, Double.NaN))
        .hasMessageContaining("expected-tpot");
  }
}
