package io.evalstream.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectableChangeTest {

  private static final DetectableChange ASSUMED = new DetectableChange(0.01, 0.8, 0.02, 0.05);

  /** The change that is promised is found as often as is promised. */
  @Test
  void aChangeOfThatSizeIsFound() {
    for (int blocks : new int[] {7, 10, 16}) {
      double change = Math.log1p(ASSUMED.of(blocks, 500, 1).orElseThrow());
      double spread = Math.sqrt(2 * (0.02 * 0.02 + 0.05 * 0.05 / 500));
      SplittableRandom random = new SplittableRandom(99);
      int found = 0;
      for (int i = 0; i < 1000; i++) {
        double[] differences = new double[blocks];
        for (int k = 0; k < blocks; k++) {
          differences[k] = change + spread * random.nextGaussian();
        }
        found += PairedDifference.of(differences, 0.95, 1).pGreater() <= 0.01 ? 1 : 0;
      }
      assertThat(found / 1000.0).as("%d blocks", blocks).isCloseTo(0.8, within(0.05));
    }
  }

  /** About the t test's (2.82 + 0.88) · σ / √10. */
  @Test
  void tenBlocksFindAboutThreeAndAHalfPercent() {
    assertThat(ASSUMED.of(10, 500, 1).orElseThrow()).isCloseTo(0.034, within(0.003));
  }

  @Test
  void moreBlocksAndLessNoiseFindSmallerChanges() {
    double ten = ASSUMED.of(10, 500, 1).orElseThrow();

    assertThat(ASSUMED.of(40, 500, 1).orElseThrow()).isLessThan(ten / 1.7);
    assertThat(new DetectableChange(0.01, 0.8, 0.01, 0.05).of(10, 500, 1).orElseThrow())
        .isLessThan(ten * 0.6);
    assertThat(ASSUMED.of(10, 5, 1).orElseThrow()).isGreaterThan(ten);
  }

  @Test
  void tooFewBlocksFindNothing() {
    assertThat(ASSUMED.of(6, 500, 1)).isEmpty();
    assertThat(ASSUMED.of(0, 500, 1)).isEmpty();
    assertThat(ASSUMED.of(7, 500, 1)).isPresent();
  }

  @Test
  void theAssumptionsAreChecked() {
    assertThatThrownBy(() -> new DetectableChange(0.01, 1, 0.02, 0.05))
        .hasMessageContaining("power is 1.0");
    assertThatThrownBy(() -> new DetectableChange(0.01, 0.8, -1, 0.05))
        .hasMessageContaining("block-noise is -1.0");
  }
}
