package io.evalstream.loadgenerator.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.loadgenerator.measure.RequestDetail;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoodputTest {

  @Test
  void aRequestIsGoodWhenItExceedsNoLimit() {
    Goodput goodput = Goodput.parse(List.of("ttft:500 tpot:50", "e2el:600"));

    assertThat(goodput.good(request(500_000, 50_000))).isTrue();
    assertThat(goodput.good(request(500_001, 50_000))).isFalse();
    assertThat(goodput.good(request(400_000, 50_001))).isFalse();
    assertThat(goodput.good(request(500_000, 50_000, 50_000, 50_000))).as("e2el").isFalse();
    assertThat(goodput.good(request(500_000))).as("one token has no TPOT").isTrue();
    assertThat(goodput.good(new RequestDetail(0, 0, 0, new int[0], 1, 0, "gone"))).isFalse();
  }

  @Test
  void badItemsAreNamed() {
    assertThatThrownBy(() -> Goodput.parse(List.of("itl:5")))
        .hasMessage("goodput names 'itl': use ttft, tpot, e2el");
    assertThatThrownBy(() -> Goodput.parse(List.of("ttft=5"))).hasMessageContaining("'ttft=5'");
    assertThatThrownBy(() -> Goodput.parse(List.of("ttft:x"))).hasMessageContaining("'ttft:x'");
    assertThatThrownBy(() -> Goodput.parse(List.of("ttft:-1"))).hasMessageContaining("ttft -1.0");
  }

  private static RequestDetail request(long ttftUs, int... gapsUs) {
    return new RequestDetail(0, 0, ttftUs, gapsUs, 1, gapsUs.length + 1, null);
  }
}
