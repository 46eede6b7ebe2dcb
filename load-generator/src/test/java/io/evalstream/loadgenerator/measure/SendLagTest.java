package io.evalstream.loadgenerator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SendLagTest {

  private final SendLag lag = new SendLag();

  @Test
  void tellsWhatCameSinceTheLookBefore() {
    for (int i = 1000; i >= 1; i--) {
      lag.add(i * 1000L);
    }

    assertThat(lag.take()).isEqualTo(new SendLag.Window(1000, 500, 990, 1000));
    assertThat(lag.take()).isEqualTo(new SendLag.Window(0, 0, 0, 0));
  }

  @Test
  void beingEarlyIsNoLag() {
    lag.add(-5000);

    assertThat(lag.take()).isEqualTo(new SendLag.Window(1, 0, 0, 0));
  }
}
