package io.evalstream.loadgenerator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.statistics.blocks.BlockStatistics;
import io.evalstream.statistics.blocks.RequestTiming;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateSearchTest {

  private static final RateSearch SEARCH = new RateSearch(0.95, 0.95, 1, 0.05);

  /** With equal gaps and equal times, so many slots serve slots / time requests a second. */
  @Property(tries = 60)
  void theCapacityOfAServerIsFound(
      @ForAll @IntRange(min = 1, max = 16) int slots,
      @ForAll @DoubleRange(min = 0.02, max = 3) double seconds) {
    double capacity = slots / seconds;

    RateSearch.Found found = SEARCH.find(rate -> served(rate, slots, seconds, 600));

    assertThat(found.highest().rate()).isLessThanOrEqualTo(capacity * 1.05);
    assertThat(found.next().rate()).isGreaterThan(capacity);
    assertThat(found.next().rate()).isLessThanOrEqualTo(found.highest().rate() * 1.05);
    assertThat(SEARCH.serves(found.highest())).isTrue();
    assertThat(SEARCH.serves(found.next())).isFalse();
    assertThat(found.tried()).contains(found.highest(), found.next());
  }

  @Test
  void aShareIsServedWhenItsLowerBoundReachesIt() {
    assertThat(SEARCH.fewestRequests()).isEqualTo(59);
    assertThat(SEARCH.serves(new RateTried(1, 59, 59, false))).isTrue();
    assertThat(SEARCH.serves(new RateTried(1, 58, 58, false))).isFalse();
    assertThat(SEARCH.serves(new RateTried(1, 250, 244, false))).isTrue();
    assertThat(SEARCH.serves(new RateTried(1, 250, 243, false))).isFalse();
    assertThat(SEARCH.serves(new RateTried(1, 250, 250, true))).as("its queue grows").isFalse();
    assertThat(new RateTried(1, 250, 225, false).share()).isEqualTo(0.9);
  }

  @Test
  void aServerThatServesNothingOrEverythingEndsTheSearch() {
    RateSearch.Found nothing = SEARCH.find(rate -> new RateTried(rate, 100, 0, false));
    RateSearch.Found everything = SEARCH.find(rate -> new RateTried(rate, 100, 100, false));

    assertThat(nothing.highest()).isNull();
    assertThat(nothing.tried()).hasSize(21);
    assertThat(everything.next()).isNull();
    assertThat(everything.highest().rate()).isEqualTo(1 << 20);
  }

  @Test
  void aSearchThatIsStoppedSaysWhatItHas() {
    RateSearch.Found found =
        SEARCH.find(rate -> rate > 5 ? null : new RateTried(rate, 100, 100, false));

    assertThat(found.highest().rate()).isEqualTo(4);
    assertThat(found.next()).isNull();
  }

  @Test
  void badNumbersAreNamed() {
    assertThatThrownBy(() -> new RateSearch(1, 0.95, 1, 0.05))
        .hasMessageContaining("slo-share is 1.0");
    assertThatThrownBy(() -> new RateSearch(0.9, 0.95, 0, 0.05))
        .hasMessageContaining("request-rate is 0.0");
  }

  /** A run at that rate; a request is good when it waits for no longer than a fifth of its time. */
  private static RateTried served(double rate, int slots, double seconds, int requests) {
    PriorityQueue<Double> free = new PriorityQueue<>();
    List<RequestTiming> run = new ArrayList<>();
    int measured = 0;
    int good = 0;
    for (int i = 0; i < requests; i++) {
      double at = i / rate;
      double start = free.size() < slots ? at : Math.max(at, free.remove());
      free.add(start + seconds);
      boolean warmUp = i < requests / 6;
      measured += warmUp ? 0 : 1;
      good += !warmUp && start - at <= 0.2 * seconds ? 1 : 0;
      run.add(new RequestTiming(us(at), us(at), us(start), us(start + seconds), 1, true, warmUp));
    }
    return new RateTried(rate, measured, good, BlockStatistics.of(run, true).saturated());
  }

  private static long us(double seconds) {
    return Math.round(seconds * 1e6);
  }
}
