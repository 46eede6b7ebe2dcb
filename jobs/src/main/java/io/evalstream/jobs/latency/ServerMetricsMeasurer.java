package io.evalstream.jobs.latency;

import io.evalstream.events.EventCodec;
import io.evalstream.events.ServerMetrics;

/** Servers' reports on themselves: counted, not measured. */
public final class ServerMetricsMeasurer implements Measurer<ServerMetrics> {

  private static final long serialVersionUID = 1L;

  @Override
  public ServerMetrics read(byte[] json) {
    return EventCodec.decode(json, ServerMetrics.class);
  }

  @Override
  public long atUs(ServerMetrics event) {
    return event.atUs();
  }

  @Override
  public long tokens(ServerMetrics event) {
    return 0;
  }

  @Override
  public void measure(ServerMetrics event, WindowAccumulators windows) {}
}
