package io.evalstream.jobs.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** How time passes: by the broker's clock, and never held back by a topic that is quiet. */
public final class Watermarks {

  private Watermarks() {}

  /**
   * For topics of measurements. Producers flush within 200 ms, so {@code lateness} behind the
   * broker's time all is usually there; a partition without records for {@code idle} is left out.
   */
  public static WatermarkStrategy<RawRecord> ofMeasurements(Duration lateness, Duration idle) {
    return WatermarkStrategy.<RawRecord>forBoundedOutOfOrderness(lateness).withIdleness(idle);
  }

  /** For control topics: they never say what time it is. */
  public static WatermarkStrategy<RawRecord> ofControl() {
    return WatermarkStrategy.forGenerator(context -> new AlwaysIdle());
  }

  private static final class AlwaysIdle implements WatermarkGenerator<RawRecord> {

    @Override
    public void onEvent(RawRecord event, long timestamp, WatermarkOutput output) {
      output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }

  /** The last instant that windows up to a watermark hold, in microseconds. */
  public static long microseconds(long watermarkMs) {
    if (watermarkMs == Watermark.MAX_WATERMARK.getTimestamp()) {
      return Long.MAX_VALUE;
    }
    return Math.max(watermarkMs, Long.MIN_VALUE / 1_000) * 1_000;
  }
}
