package io.evalstream.loadgenerator.measure;

import io.evalstream.events.Arm;
import io.evalstream.loadgenerator.publish.EventPublisher;

/**
 * What all exchanges of a run with one server share. Its parts are safe for many threads.
 *
 * @param arm which server; null unless two are compared
 */
public record ExchangeContext(
    String runId,
    String producerId,
    String scenario,
    Arm arm,
    RunClock clock,
    Timeouts timeouts,
    EventPublisher publisher,
    Measurements measurements,
    RunCounters counters,
    SendLag sendLag,
    FailureLog failures,
    RequestDetails details) {}
