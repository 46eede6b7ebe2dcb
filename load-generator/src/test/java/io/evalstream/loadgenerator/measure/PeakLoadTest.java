package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeakLoadTest {

  private final Measurements measurements = new Measurements(10_000_000);

  @Test
  void tokensAreCountedBySecondsFromTheFirstRequest() {
    request(10_300_000, 100_000, 400_000, 400_000, 400_000);
    request(11_000_000, 350_000, 100_000);
    measurements.sent(11_100_000);
    measurements.addFailed(11_100_000, 12_000_000);

    // at 0.1, 0.5, 0.9, 1.3 and 1.05, 1.15 seconds
    assertThat(measurements.peak()).isEqualTo(new PeakLoad(3, 2));
  }

  @Test
  void oneThatEndsAsAnotherBeginsMakesRoom() {
    request(10_000_000, 1000);
    request(10_001_000, 1000);
    assertThat(measurements.peak().concurrentRequests()).isEqualTo(1);

    request(10_001_999, 1000);
    assertThat(measurements.peak().concurrentRequests()).isEqualTo(2);
  }

  @Test
  void ofNothingItIsNothing() {
    assertThat(measurements.peak()).isEqualTo(new PeakLoad(0, 0));
  }

  private void request(long sentUs, long ttftUs, int... gapsUs) {
    ChunkTimings timings = new ChunkTimings();
    long at = sentUs + ttftUs;
    timings.add(at, 1, false);
    for (int gap : gapsUs) {
      at += gap;
      timings.add(at, 1, false);
    }
    measurements.sent(sentUs);
    measurements.add(sentUs, sentUs, timings, 1, gapsUs.length + 1);
  }
}
