package io.evalstream.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.local.LocalStackException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {

  @Test
  void defaultsAreAnyPortAndFourSlots() {
    FlinkSettings settings = FlinkSettings.of(Path.of("flink"));

    assertThat(settings.port()).isZero();
    assertThat(settings.slots()).isEqualTo(4);
    assertThat(settings.directory()).isAbsolute();
  }

  @Test
  void noSlotsAreRefused() {
    assertThatThrownBy(() -> new FlinkSettings(Path.of("flink"), 0, 0))
        .isInstanceOf(LocalStackException.class)
        .hasMessage("Flink's slots are 0: give at least 1.");
  }
}
