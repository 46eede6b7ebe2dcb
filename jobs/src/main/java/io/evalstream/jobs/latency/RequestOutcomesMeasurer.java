package io.evalstream.jobs.latency;

import io.evalstream.events.EventCodec;
import io.evalstream.events.Metric;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;

/**
 * What is measured per request, in the window of its end. Definitions as in vLLM ({@code
 * vllm/benchmarks/serve.py}): failed requests stand outside the distributions.
 */
public final class RequestOutcomesMeasurer implements Measurer<RequestOutcome> {

  private static final long serialVersionUID = 1L;

  /** A value above this (12 days, or as many tokens) counts as this: no sum can overflow. */
  static final long LARGEST = 1L << 40;

  /** A longer time in flight is not spread over windows, µs. */
  static final long LONGEST_IN_FLIGHT_US = 3_600_000_000L;

  @Override
  public RequestOutcome read(byte[] json) {
    return EventCodec.decode(json, RequestOutcome.class);
  }

  @Override
  public long atUs(RequestOutcome event) {
    return event.finishedAtUs();
  }

  @Override
  public long tokens(RequestOutcome event) {
    return event.outputTokens();
  }

  @Override
  public void measure(RequestOutcome event, WindowAccumulators windows) {
    long windowStart = WindowAccumulators.windowStart(event.finishedAtUs());
    WindowAccumulators.Window window = windows.at(event.runId(), event.scenario(), windowStart);
    Values values =
        (metric, value) -> window.of(metric).accept(Math.min(Math.max(0, value), LARGEST));
    values.add(Metric.ENDS, event.finishedAtUs() - windowStart);
    arrival(event, windows);
    inFlight(event, windows);
    if (event.status() != RequestStatus.OK) {
      long failedAfter = event.finishedAtUs() - event.scheduledAtUs();
      values.add(Metric.FAILED, failedAfter);
      values.add(cause(event.status()), failedAfter);
      return;
    }
    long sent = event.sentAtUs();
    long scheduled = event.scheduledAtUs();
    long first = event.firstTokenAtUs();
    long last = event.lastTokenAtUs() == null ? first : event.lastTokenAtUs();
    values.add(Metric.TTFT, first - sent);
    values.add(Metric.TTFT_FROM_SCHEDULE, first - scheduled);
    values.add(Metric.E2EL, last - sent);
    values.add(Metric.E2EL_FROM_SCHEDULE, last - scheduled);
    values.add(Metric.SEND_LAG, sent - scheduled);
    values.add(Metric.PROMPT_TOKENS, event.promptTokens());
    values.add(Metric.OUTPUT_TOKENS, event.outputTokens());
    if (event.outputTokens() > 1) {
      values.add(Metric.TPOT, Math.round((double) (last - first) / (event.outputTokens() - 1)));
    }
  }

  private static void arrival(RequestOutcome event, WindowAccumulators windows) {
    long start = WindowAccumulators.windowStart(event.scheduledAtUs());
    windows
        .at(event.runId(), event.scenario(), start)
        .of(Metric.ARRIVALS)
        .accept(event.scheduledAtUs() - start);
  }

  /** Every window that the request was in flight in gets its part of the time. */
  private static void inFlight(RequestOutcome event, WindowAccumulators windows) {
    if (event.sentAtUs() == null) {
      return;
    }
    long end = event.finishedAtUs();
    long from = Math.max(event.sentAtUs(), end - LONGEST_IN_FLIGHT_US);
    while (from < end) {
      long start = WindowAccumulators.windowStart(from);
      long to = Math.min(end, start + WindowAccumulators.WINDOW_US);
      windows.at(event.runId(), event.scenario(), start).of(Metric.IN_FLIGHT).accept(to - from);
      from = to;
    }
  }

  private static Metric cause(RequestStatus status) {
    return switch (status) {
      case HTTP_ERROR -> Metric.FAILED_HTTP_ERROR;
      case TIMEOUT -> Metric.FAILED_TIMEOUT;
      case CONNECT_ERROR -> Metric.FAILED_CONNECT_ERROR;
      case INCOMPLETE -> Metric.FAILED_INCOMPLETE;
      case OK -> throw new IllegalArgumentException("A request that ended well has no cause");
    };
  }

  private interface Values {
    void add(Metric metric, long value);
  }
}
