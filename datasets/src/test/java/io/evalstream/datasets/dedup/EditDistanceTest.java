package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class EditDistanceTest {

  @Property
  void isThatOfAPlainMatrixWhereUnderTheThreshold(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 200) String one,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 200) String other,
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double threshold) {
    int longer = Math.max(1, Math.max(one.length(), other.length()));
    double distance = Oracle.edits(one, other) / (double) longer;
    assertThat(new EditDistance(threshold).between(one, other))
        .isEqualTo(distance < threshold ? OptionalDouble.of(distance) : OptionalDouble.empty());
  }

  @Property
  void partIsTheNearestOfAllParts(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 8) String text,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 15) String longer) {
    int least = text.length();
    for (int start = 0; start <= longer.length(); start++) {
      for (int end = start; end <= longer.length(); end++) {
        least = Math.min(least, Oracle.edits(text, longer.substring(start, end)));
      }
    }
    double distance = least / (double) text.length();
    assertThat(new EditDistance(0.5).within(text, longer))
        .isEqualTo(distance < 0.5 ? OptionalDouble.of(distance) : OptionalDouble.empty());
  }

  @Test
  void exactlyTheThresholdIsNotUnderIt() {
    assertThat(new EditDistance(0.2).between("abcde", "abcdX")).isEmpty();
    assertThat(new EditDistance(0.2).between("abcdef", "abcdeX")).isPresent();
  }
}
