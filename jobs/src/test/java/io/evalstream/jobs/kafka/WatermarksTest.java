package io.evalstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.eventtime.Watermark;
import org.junit.jupiter.api.Test;

class WatermarksTest {

  @Test
  void millisecondsBecomeMicroseconds() {
    assertThat(Watermarks.microseconds(1_770_000_000_123L)).isEqualTo(1_770_000_000_123_000L);
  }

  @Test
  void beforeTheFirstWatermarkNothingIsOver() {
    assertThat(Watermarks.microseconds(Long.MIN_VALUE)).isLessThan(-1_000_000_000_000_000L);
  }

  @Test
  void afterTheLastEverythingIs() {
    assertThat(Watermarks.microseconds(Watermark.MAX_WATERMARK.getTimestamp()))
        .isEqualTo(Long.MAX_VALUE);
  }
}
