package io.evalstream.jobs.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SequenceRangesTest {

  @Property
  void aNumberIsNewOnceWhateverTheOrder(@ForAll List<@LongRange(max = 40) Long> numbers) {
    SequenceRanges ranges = new SequenceRanges();
    Set<Long> oracle = new HashSet<>();

    for (long number : numbers) {
      assertThat(ranges.add(number)).isEqualTo(oracle.add(number));
      long largest = oracle.stream().mapToLong(n -> n).max().orElse(-1);
      assertThat(ranges.seen()).isEqualTo(oracle.size());
      assertThat(ranges.missing()).isEqualTo(largest + 1 - oracle.size());
    }
    assertThat(ranges.toArray()).isSorted();
  }

  @Property
  void restoredItGoesOn(
      @ForAll List<@LongRange(max = 40) Long> before,
      @ForAll List<@LongRange(max = 40) Long> after) {
    SequenceRanges ranges = new SequenceRanges();
    before.forEach(ranges::add);
    SequenceRanges restored = new SequenceRanges(ranges.toArray(), ranges.givenUp());

    for (long number : after) {
      assertThat(restored.add(number)).isEqualTo(ranges.add(number));
    }
    assertThat(restored.toArray()).isEqualTo(ranges.toArray());
    assertThat(restored.seen()).isEqualTo(ranges.seen());
    assertThat(restored.missing()).isEqualTo(ranges.missing());
  }

  @Example
  void withoutGapsItCostsTwoNumbers() {
    SequenceRanges ranges = new SequenceRanges();
    for (long number = 999; number >= 0; number--) {
      ranges.add(number);
    }

    assertThat(ranges.toArray()).containsExactly(0, 999);
  }

  @Example
  void theLargestNumberIsOneToo() {
    SequenceRanges ranges = new SequenceRanges();

    assertThat(ranges.add(Long.MAX_VALUE)).isTrue();
    assertThat(ranges.add(Long.MAX_VALUE)).isFalse();
    assertThat(ranges.add(0)).isTrue();
    assertThat(ranges.missing()).isEqualTo(Long.MAX_VALUE - 1);
  }

  /** A producer that leaves out every other number. */
  @Example
  void beyondTheLimitTheOldestGapsAreGivenUpAndStayMissing() {
    SequenceRanges ranges = new SequenceRanges();
    int numbers = 3 * SequenceRanges.MAX_RANGES;
    for (long i = 0; i < numbers; i++) {
      assertThat(ranges.add(2 * i)).isTrue();
    }

    assertThat(ranges.toArray()).hasSize(2 * SequenceRanges.MAX_RANGES);
    assertThat(ranges.seen()).isEqualTo(numbers);
    assertThat(ranges.missing()).isEqualTo(numbers - 1);
    SequenceRanges restored = new SequenceRanges(ranges.toArray(), ranges.givenUp());
    assertThat(restored.seen()).isEqualTo(numbers);
    assertThat(restored.add(1)).as("of a gap given up").isFalse();
    assertThat(restored.add(2L * numbers - 3)).as("of a gap kept").isTrue();
    assertThat(restored.missing()).isEqualTo(numbers - 2);
  }
}
