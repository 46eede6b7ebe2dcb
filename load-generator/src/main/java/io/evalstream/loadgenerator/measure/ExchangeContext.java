package io.evalstream.loadgenerator.measure;

import io.evalstream.loadgenerator.publish.EventPublisher;

/** What all exchanges of a run share. Its parts are safe for many threads. */
public record ExchangeContext(
    String runId,
    String producerId,
    String scenario,
    RunClock clock,
    Timeouts timeouts,
    EventPublisher publisher,
    Measurements measurements,
    RunCounters counters,
    SendLag sendLag,
    FailureLog failures,
    RequestDetails details) {}
