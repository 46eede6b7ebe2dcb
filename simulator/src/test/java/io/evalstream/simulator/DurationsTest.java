package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({"0,0", "250us,250000", "10ms,10000000", "1.5s,1500000000", "0.5ms,500000", "0us,0"})
  void readsNumberAndUnit(String text, long nanos) {
    assertThat(Durations.parseNanos("stall-duration", text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "ten ms", "-1ms", "10 ms", "1e3ms", "5m"})
  void refusesEverythingElseNamingTheItem(String text) {
    assertThatThrownBy(() -> Durations.parseNanos("stall-duration", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stall-duration")
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("250us, 10ms or 1.5s");
  }

  @Test
  void refusesMoreThanADay() {
    assertThatThrownBy(() -> Durations.parseNanos("stall-duration", "86401s"))
        .hasMessage("stall-duration: 86401s is longer than a day");
  }

  @Property
  void formatsWhatItReads(@ForAll @LongRange(min = 0, max = 86_400_000_000L) long micros) {
    long nanos = micros * 1_000;

    assertThat(Durations.parseNanos("item", Durations.format(nanos))).isEqualTo(nanos);
  }
}
