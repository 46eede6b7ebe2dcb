package io.evalstream.loadgenerator.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.loadgenerator.measure.RequestDetail;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeakLoadTest {

  @Test
  void tokensAreCountedBySecondsFromTheFirstRequest() {
    PeakLoad peak =
        PeakLoad.of(
            List.of(
                request(10_300_000, 100_000, 400_000, 400_000, 400_000),
                request(11_000_000, 350_000, 100_000),
                new RequestDetail(2, 0, 0, new int[0], 1, 0, "failed")));

    // at 0.1, 0.5, 0.9, 1.3 and 1.05, 1.15 seconds
    assertThat(peak.outputTokensPerSecond()).isEqualTo(3);
    assertThat(peak.concurrentRequests()).isEqualTo(2);
  }

  @Test
  void oneThatEndsAsAnotherBeginsMakesRoom() {
    assertThat(PeakLoad.of(List.of(request(0, 1000), request(1000, 1000))).concurrentRequests())
        .isEqualTo(1);
    assertThat(PeakLoad.of(List.of(request(0, 1001), request(1000, 1000))).concurrentRequests())
        .isEqualTo(2);
  }

  @Test
  void ofNothingItIsNothing() {
    assertThat(PeakLoad.of(List.of())).isEqualTo(new PeakLoad(0, 0));
  }

  private static RequestDetail request(long sentUs, long ttftUs, int... gapsUs) {
    return new RequestDetail(0, sentUs, ttftUs, gapsUs, 1, gapsUs.length + 1, null);
  }
}
