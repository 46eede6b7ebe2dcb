package io.evalstream.loadgenerator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomWorkloadTest {

  private static final Arrivals POISSON = new Arrivals(50, Arrivals.Spacing.POISSON);

  @Test
  void aSeedAlwaysGivesTheSamePlan() {
    RandomWorkload workload = new RandomWorkload(200, 100, 50, 0.5, POISSON);

    assertThat(workload.plan(42)).isEqualTo(workload.plan(42));
    assertThat(workload.plan(42)).isNotEqualTo(workload.plan(43));
  }

  @Test
  void theGeneratorIsTheSameOnEveryJava() {
    SeededRandom random = new SeededRandom(1234567);

    // the published first outputs of SplitMix64 for this seed
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
  }

  @Test
  void promptsDiffer() {
    List<PlannedRequest> plan = new RandomWorkload(1000, 8, 8, 0, Arrivals.UNLIMITED).plan(1);

    assertThat(plan).extracting(PlannedRequest::promptId).doesNotHaveDuplicates();
    assertThat(plan).allMatch(request -> request.offsetNanos() == 0);
  }

  @Property(tries = 200)
  void lengthsStayInTheirRange(
      @ForAll @IntRange(min = 1, max = 3000) int length, @ForAll long seed) {
    for (PlannedRequest request :
        new RandomWorkload(50, length, length, 0.3, Arrivals.UNLIMITED).plan(seed)) {
      assertThat((double) request.promptTokens())
          .isBetween(Math.max(1, Math.floor(length * 0.7)), Math.ceil(length * 1.3));
      assertThat(request.maxOutputTokens()).isPositive();
    }
  }

  @Test
  void lengthsFillTheirRange() {
    List<PlannedRequest> plan = new RandomWorkload(20_000, 10, 10, 0.5, Arrivals.UNLIMITED).plan(7);

    assertThat(plan).extracting(PlannedRequest::promptTokens).contains(5, 15).doesNotContain(4, 16);
    double mean = plan.stream().mapToInt(PlannedRequest::promptTokens).average().orElseThrow();
    assertThat(mean).isCloseTo(10, within(0.1));
  }

  @Test
  void randomArrivalsAreAPoissonProcessThatEndsOnTime() {
    int count = 20_000;
    long[] offsets = POISSON.offsetsNanos(count, new SeededRandom(3));
    double[] gaps =
        IntStream.range(0, count)
            .mapToDouble(i -> (offsets[i] - (i == 0 ? 0 : offsets[i - 1])) / 1e9)
            .toArray();

    assertThat(offsets).isSorted();
    assertThat(offsets[count - 1] / 1e9).isCloseTo(count / 50.0, within(1e-6));
    double mean = IntStream.range(0, count).mapToDouble(i -> gaps[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, count).mapToDouble(i -> Math.pow(gaps[i] - mean, 2)).sum() / count;
    assertThat(Math.sqrt(variance) / mean)
        .as("coefficient of variation")
        .isCloseTo(1, within(0.05));
    double longGaps = IntStream.range(0, count).filter(i -> gaps[i] > mean).count();
    assertThat(longGaps / count).isCloseTo(Math.exp(-1), within(0.02));
  }

  @Test
  void constantArrivalsAreEvenlySpaced() {
    long[] offsets =
        new Arrivals(4, Arrivals.Spacing.CONSTANT).offsetsNanos(4, new SeededRandom(0));

    assertThat(offsets).containsExactly(250_000_000L, 500_000_000L, 750_000_000L, 1_000_000_000L);
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> new Arrivals(0, Arrivals.Spacing.POISSON))
        .hasMessageContaining("request-rate is 0.0");
    assertThatThrownBy(() -> new RandomWorkload(0, 1, 1, 0, Arrivals.UNLIMITED))
        .hasMessageContaining("num-prompts is 0");
    assertThatThrownBy(() -> new RandomWorkload(1, 1, 1, 1, Arrivals.UNLIMITED))
        .hasMessageContaining("random-range-ratio is 1.0");
  }
}
