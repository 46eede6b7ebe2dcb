package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class ScheduleErrorRecorderTest {
  @Test
  void nothingMeasuredIsAllZero() {
    assertThat(new ScheduleErrorRecorder().summary()).isEqualTo(new ScheduleError(0, 0, 0, 0));
  }

  @Property
  void quantilesAreNearestRankWithinTheirStatedError(
      @ForAll @NotEmpty List<@LongRange(min = 0, max = 10_000_000_000L) Long> nanos) {
    ScheduleErrorRecorder recorder = new ScheduleErrorRecorder();
    nanos.forEach(recorder::record);
    List<Long> sorted = nanos.stream().sorted().toList();
    ScheduleError summary = recorder.summary();

    assertThat(summary.count()).isEqualTo(nanos.size());
    assertThat(summary.maxMicros()).isEqualTo(sorted.get(sorted.size() - 1) / 1e3);
    assertWithinError(summary.p50Micros(), rank(sorted, 0.5));
    assertWithinError(summary.p99Micros(), rank(sorted, 0.99));
  }

  private static long rank(List<Long> sorted, double fraction) {
    return sorted.get((int) Math.ceil(fraction * sorted.size()) - 1);
  }

  private static void assertWithinError(double micros, long nanos) {
    assertThat(micros).isBetween(nanos / 1e3, nanos / 1e3 * (1 + 1 / 32.0) + 1e-9);
  }
}
