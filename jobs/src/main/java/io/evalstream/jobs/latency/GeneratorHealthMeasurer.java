package io.evalstream.jobs.latency;

import io.evalstream.events.EventCodec;
import io.evalstream.events.GeneratorHealth;

/** Generators' reports on themselves: counted, not measured. */
public final class GeneratorHealthMeasurer implements Measurer<GeneratorHealth> {

  private static final long serialVersionUID = 1L;

  @Override
  public GeneratorHealth read(byte[] json) {
    return EventCodec.decode(json, GeneratorHealth.class);
  }

  @Override
  public long atUs(GeneratorHealth event) {
    return event.atUs();
  }

  @Override
  public long tokens(GeneratorHealth event) {
    return 0;
  }

  @Override
  public void measure(GeneratorHealth event, WindowAccumulators windows) {}
}
