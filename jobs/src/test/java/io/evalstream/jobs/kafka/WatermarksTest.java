package io.evalstream.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class WatermarksTest {

  private static final RawRecord RECORD = new RawRecord("token-timings", 0, 0, 10_000, null);

  private final ManualClock clock = new ManualClock(1);
  private final Output output = new Output();

  @Test
  void timeIsTheBrokersLessTheLateness() {
    WatermarkGenerator<RawRecord> generator = measurements();
    generator.onEvent(RECORD, 10_000, output);
    generator.onEvent(RECORD, 9_000, output);
    generator.onPeriodicEmit(output);

    assertThat(output.last).isEqualTo(new Watermark(7_999));
    assertThat(output.idle).isFalse();
  }

  @Test
  void aPartitionWithoutRecordsHoldsNothingBack() {
    WatermarkGenerator<RawRecord> generator = measurements();
    generator.onEvent(RECORD, 10_000, output);
    generator.onPeriodicEmit(output);
    generator.onPeriodicEmit(output);
    boolean early = output.idle;
    clock.advanceTime(Duration.ofSeconds(6));
    generator.onPeriodicEmit(output);

    assertThat(early).isFalse();
    assertThat(output.idle).isTrue();
  }

  @Test
  void aPartitionThatNeverHadARecordHoldsNothingBack() {
    WatermarkGenerator<RawRecord> generator = measurements();
    generator.onPeriodicEmit(output);
    clock.advanceTime(Duration.ofSeconds(6));
    generator.onPeriodicEmit(output);

    assertThat(output.idle).isTrue();
  }

  @Test
  void controlTopicsNeverSayWhatTimeItIs() {
    WatermarkGenerator<RawRecord> generator =
        Watermarks.ofControl().createWatermarkGenerator(context());
    generator.onEvent(RECORD, 10_000, output);
    boolean afterARecord = output.idle;
    generator.onPeriodicEmit(output);

    assertThat(afterARecord).isTrue();
    assertThat(output.idle).isTrue();
    assertThat(output.last).isNull();
  }

  private WatermarkGenerator<RawRecord> measurements() {
    return Watermarks.ofMeasurements(Duration.ofSeconds(2), Duration.ofSeconds(5))
        .createWatermarkGenerator(context());
  }

  private WatermarkGeneratorSupplier.Context context() {
    return new WatermarkGeneratorSupplier.Context() {
      @Override
      public MetricGroup getMetricGroup() {
        return new UnregisteredMetricsGroup();
      }

      @Override
      public RelativeClock getInputActivityClock() {
        return clock;
      }
    };
  }

  private static final class Output implements WatermarkOutput {

    private Watermark last;
    private boolean idle;

    @Override
    public void emitWatermark(Watermark watermark) {
      last = watermark;
      idle = false;
    }

    @Override
    public void markIdle() {
      idle = true;
    }

    @Override
    public void markActive() {
      idle = false;
    }
  }

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
