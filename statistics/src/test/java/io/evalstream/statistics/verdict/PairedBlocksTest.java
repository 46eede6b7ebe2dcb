package io.evalstream.statistics.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBlocksTest {

  private static final long SEED = 1;
  private static final double CONFIDENCE = 0.95;
  private static final BlockRules RULES = rules(10, 0, 0.1, false);

  /** Of all signs that ten blocks can have, so many alarm: never more than alpha. */
  @Test
  void theSizeIsAtMostAlpha() {
    double[] sizes = new SplittableRandom(SEED).doubles(10, 0.001, 0.05).toArray();
    int alarms = 0;
    for (int signs = 0; signs < 1024; signs++) {
      double[] ratios = sizes.clone();
      for (int k = 0; k < ratios.length; k++) {
        ratios[k] *= (signs >> k & 1) == 1 ? 1 : -1;
      }
      boolean alarmed = false;
      for (int seen = 1; seen <= 10; seen++) {
        alarmed |= evidence(RULES, Arrays.copyOf(ratios, seen)).alarmed();
      }
      alarms += alarmed ? 1 : 0;
    }

    assertThat(alarms).isBetween(5, 10);
  }

  /** +20% is decided within half of twenty blocks. */
  @Test
  void aFifthSlowerIsDecidedEarly() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] decided = new double[59];
    for (int run = 0; run < decided.length; run++) {
      double[] ratios = noisy(20, Math.log(1.2), random);
      int at = 1;
      while (at < 20
          && !evidence(rules(20, 0.05, 0.1, false), Arrays.copyOf(ratios, at)).alarmed()) {
        at++;
      }
      decided[run] = at;
    }

    assertThat(Arrays.stream(decided).sorted().toArray()[29]).isLessThanOrEqualTo(10);
  }

  @Test
  void equalServersPassAndSlowerOnesDoNot() {
    double[] same = noisy(20, 0, new SplittableRandom(SEED));
    double[] slower = noisy(20, Math.log(1.1), new SplittableRandom(SEED));

    assertThat(evidence(rules(20, 0, 0.1, false), same).decision()).isEqualTo(Decision.PASSED);
    Evidence found = evidence(rules(20, 0, 0.3, false), slower);
    assertThat(found.decision()).isEqualTo(Decision.REGRESSED);
    assertThat(found.proved()).isTrue();
    assertThat(found.effect()).isCloseTo(Math.log(1.1), within(0.02));
    assertThat(evidence(rules(20, 0, 0.3, true), slower).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void leftOutBlocksBlockThePass() {
    double[] ratios = noisy(20, 0, new SplittableRandom(SEED));
    ratios[3] = Double.NaN;
    Evidence saturated =
        PairedBlocks.evidence(
            rules(20, 0, 0.1, false), ratios, Set.of(Reason.SATURATED), CONFIDENCE);

    assertThat(saturated.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(saturated.why()).containsExactly(Reason.SATURATED);
    assertThatThrownBy(() -> evidence(rules(20, 0, 0.1, false), ratios))
        .hasMessageContaining("give the reason");
    Arrays.fill(ratios, Double.NaN);
    assertThat(
            PairedBlocks.evidence(
                    rules(20, 0, 0.1, false), ratios, Set.of(Reason.SATURATED), CONFIDENCE)
                .decision())
        .isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void tooFewBlocksAreNotJudged() {
    double[] slower = {1, 1, 1, 1, 1, 1, 1};

    assertThat(evidence(rules(7, 0, 0.1, false), slower).why()).contains(Reason.TOO_FEW_PLANNED);
    assertThatThrownBy(() -> evidence(rules(6, 0, 0.1, false), slower))
        .hasMessageContaining("7 blocks, and 6 were planned");
    assertThatThrownBy(() -> rules(6, 0.1, 0.1, false)).hasMessageContaining("above the tolerance");
  }

  @Test
  void threeRunsOfTheBaselineSayWhatToTolerate() {
    assertThat(StoredBaseline.tolerance(new double[] {100, 101})).isEmpty();
    assertThat(StoredBaseline.tolerance(new double[] {100, 100, 100})).hasValue(0.05);
    double step = Math.exp(0.04);
    assertThat(StoredBaseline.tolerance(new double[] {100 / step, 100, 100 * step}).orElseThrow())
        .isCloseTo(0.12, within(1e-9));
  }

  @Test
  void failuresAboveTheObjectiveAreFoundAndFewerPass() {
    FailureObjective good = new FailureObjective(0.01, 0.01, 0.05);
    FailureObjective bad = new FailureObjective(0.01, 0.01, 0.05);
    for (int i = 0; i < 1000; i++) {
      good.observe(false);
      bad.observe(i % 20 == 0);
      bad = new FailureObjective(0.01, 0.01, 0.05, bad.state());
    }

    assertThat(good.evidence(1000, CONFIDENCE).decision()).isEqualTo(Decision.PASSED);
    assertThat(bad.evidence(1000, CONFIDENCE).decision()).isEqualTo(Decision.REGRESSED);
    assertThat(bad.evidence(1000, CONFIDENCE).effect()).isCloseTo(0.04, within(1e-12));
    assertThat(new FailureObjective(0.01, 0.01, 0.05).evidence(0, CONFIDENCE).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThatThrownBy(() -> new FailureObjective(0.6, 0.01, 0.05)).hasMessageContaining("0.6");
  }

  private static double[] noisy(int blocks, double shift, SplittableRandom random) {
    double[] ratios = new double[blocks];
    Arrays.setAll(ratios, k -> shift + 0.03 * random.nextGaussian());
    return ratios;
  }

  private static Evidence evidence(BlockRules rules, double[] ratios) {
    return PairedBlocks.evidence(rules, ratios, Set.of(), CONFIDENCE);
  }

  private static BlockRules rules(int planned, double tolerance, double margin, boolean advisory) {
    return new BlockRules(planned, 0.01, tolerance, margin, 0.05, advisory, 1);
  }
}
