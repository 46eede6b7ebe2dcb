package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteadyStateFinderTest {

  private static final long START = 5_000_000;
  private static final long SECOND = 1_000_000;

  private final RequestTimes requests = new RequestTimes();
  private final GapsOverTime gaps = new GapsOverTime(START);

  @Test
  void rampUpAndDrainAreLeftOut() {
    // ten slots that begin one second apart, work second by second, and end one second apart
    for (int slot = 0; slot < 10; slot++) {
      for (int second = slot; second < 40 + slot; second++) {
        succeed(second * SECOND, (second + 1) * SECOND);
      }
    }
    SteadyState steady = find(49 * SECOND);

    assertThat(steady.plateau()).isCloseTo(10, within(0.01));
    assertThat(steady.fromSeconds()).isCloseTo(9, within(0.5));
    assertThat(steady.toSeconds()).isCloseTo(40, within(0.5));
    assertThat(steady.withinShare()).isGreaterThan(0.95);
    assertThat(steady.requestThroughput()).isCloseTo(10, within(0.5));
    assertThat(steady.outputThroughput()).isCloseTo(30, within(1.5));
    assertThat(steady.requests()).isBetween(290L, 320L);
    // of the requests that were not sent or did not end in it as well
    assertThat(steady.itl().count()).isBetween(610L, 640L);
    assertThat(steady.itl().maxMs()).isEqualTo(250);
    assertThat(steady.ttft().maxMs()).isEqualTo(500);
    assertThat(steady.e2el().maxMs()).isEqualTo(1000);
    assertThat(steady.tpot().maxMs()).isEqualTo(250);
  }

  @Test
  void requestsThatFailAreInFlightToo() {
    for (int second = 0; second < 30; second++) {
      succeed(second * SECOND, (second + 1) * SECOND);
      requests.failed(START + second * SECOND, START + (second + 1) * SECOND);
    }
    SteadyState steady = find(30 * SECOND);

    assertThat(steady.plateau()).isCloseTo(2, within(0.01));
    assertThat(steady.requests()).isEqualTo(30);
    assertThat(steady.withinShare()).isEqualTo(1);
  }

  @Test
  void anOpenLoopGoesUpAndDownAndIsSteady() {
    SplittableRandom random = new SplittableRandom(7);
    long at = 0;
    while (at < 60 * SECOND) {
      at += (long) (-Math.log(random.nextDouble()) * SECOND / 20);
      succeed(at, at + SECOND);
    }
    SteadyState steady = find(61 * SECOND);

    assertThat(steady.plateau()).isCloseTo(20, within(4.0));
    assertThat(steady.fromSeconds()).isLessThan(5);
    assertThat(steady.toSeconds()).isGreaterThan(50);
    assertThat(steady.withinShare()).isLessThan(0.9);
  }

  @Test
  void aShortRunHasNone() {
    succeed(0, SECOND / 4);

    assertThat(finder(SECOND / 4).find()).isEmpty();
  }

  @Test
  void aRunWithoutRequestsHasNone() {
    assertThat(finder(60 * SECOND).find()).isEmpty();
  }

  private SteadyState find(long lengthUs) {
    return finder(lengthUs).find().orElseThrow();
  }

  private SteadyStateFinder finder(long lengthUs) {
    return new SteadyStateFinder(requests, gaps, START, START + lengthUs);
  }

  /** Three tokens: in the middle, at three quarters, and at the end. */
  private void succeed(long from, long to) {
    requests.succeeded(START + from, START + (from + to) / 2, START + to, 3);
    int gap = (int) (to - from) / 4;
    gaps.add(START + to - gap, gap);
    gaps.add(START + to, gap);
  }
}
