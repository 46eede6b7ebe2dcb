package io.evalstream.loadgenerator.measure;

import io.evalstream.events.Event;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.plan.PlannedRequest;

/** Publishes what is known of requests, if anybody listens. Safe for many threads. */
final class ExchangeRecords {

  private final ExchangeContext context;

  ExchangeRecords(ExchangeContext context) {
    this.context = context;
  }

  /**
   * How a request ended. Instants are microseconds since the epoch.
   *
   * @param sentUs null if it never was
   * @param httpStatus null without a response
   * @param error null when it ended well
   * @param finishReason null when the server gave none
   */
  record Ending(
      long scheduledUs,
      Long sentUs,
      long finishedUs,
      long promptTokens,
      long outputTokens,
      RequestStatus status,
      Integer httpStatus,
      String error,
      String finishReason) {}

  /** Publishes the chunks that are pending. */
  void chunks(String requestId, ChunkTimings timings) {
    if (timings.pending() == 0 || !context.publisher().enabled()) {
      return;
    }
    ChunkTimings.Part part = timings.take();
    context
        .publisher()
        .publish(
            Topic.TOKEN_TIMINGS,
            requestId,
            sequence ->
                new TokenTimings(
                    Event.SCHEMA_VERSION,
                    context.runId(),
                    context.producerId(),
                    sequence,
                    context.scenario(),
                    requestId,
                    part.chunkIndex(),
                    part.atUs(),
                    part.gapsUs(),
                    part.tokens()));
  }

  /** Publishes how a request ended. */
  void outcome(PlannedRequest planned, String requestId, ChunkTimings timings, Ending ending) {
    if (!context.publisher().enabled()) {
      return;
    }
    int chunks = timings.chunks();
    Long firstUs = chunks > 0 ? timings.firstUs() : null;
    Long lastUs = chunks > 0 ? timings.lastUs() : null;
    Long maxGapUs = chunks > 1 ? (long) timings.maxGapUs() : null;
    context
        .publisher()
        .publish(
            Topic.REQUEST_OUTCOMES,
            requestId,
            sequence ->
                new RequestOutcome(
                    Event.SCHEMA_VERSION,
                    context.runId(),
                    context.producerId(),
                    sequence,
                    context.scenario(),
                    requestId,
                    planned.index(),
                    planned.promptId(),
                    ending.scheduledUs(),
                    ending.sentUs(),
                    firstUs,
                    lastUs,
                    ending.finishedUs(),
                    ending.promptTokens(),
                    ending.outputTokens(),
                    chunks,
                    maxGapUs,
                    ending.status(),
                    ending.httpStatus(),
                    ending.error(),
                    ending.finishReason(),
                    planned.block() == null ? null : planned.block().number(),
                    planned.block() == null ? null : planned.block().warmUp(),
                    context.arm(),
                    planned.turn() == null ? null : planned.turn().number()));
  }
}
