package io.evalstream.statistics.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The bins are DDSketch's own. */
class BinsTest {

  @Property(tries = 5_000)
  void aBinIsThatOfTheLogarithm(@ForAll @LongRange(min = 1) long value) {
    assertSameBin(value);
  }

  @Example
  void smallNumbers() {
    for (long value = 1; value < 2_000_000; value++) {
      assertSameBin(value);
    }
  }

  @Example
  void numbersOfEverySize() {
    SplittableRandom random = new SplittableRandom(20260131);
    for (int i = 0; i < 2_000_000; i++) {
      assertSameBin(Math.max(1, (random.nextLong() >>> 1) >>> random.nextInt(63)));
    }
  }

  @Example
  void bordersAndWhatLiesBesideThem() {
    for (int bit = 0; bit < 63; bit++) {
      for (long cell = 64; cell < 128; cell++) {
        long start = bit > 6 ? cell << (bit - 6) : cell;
        assertSameBin(start - 1);
        assertSameBin(start);
        assertSameBin(start + 1);
      }
    }
    for (int bin = 0; bin < Bins.of(Long.MAX_VALUE); bin++) {
      long border = (long) Bins.MAPPING.lowerBound(bin);
      for (long value = Math.max(1, border - 2); value <= border + 2; value++) {
        assertSameBin(value);
      }
    }
    assertSameBin(Long.MAX_VALUE - 1);
    assertSameBin(Long.MAX_VALUE);
  }

  private static void assertSameBin(long value) {
    int bin = Bins.of(value);
    int expected = Bins.MAPPING.index((double) value);
    if (bin != expected) { // an assertion each would take minutes
      assertThat(bin).as("bin of %d", value).isEqualTo(expected);
    }
  }
}
