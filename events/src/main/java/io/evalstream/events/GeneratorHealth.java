package io.evalstream.events;

import java.util.List;

/**
 * How far to trust a generator, every second, on topic {@code generator-health}.
 *
 * @param atUs end of the second that the record is about
 * @param sendLagP50Us median of actual send minus intended start, over the requests sent
 * @param sendLagP99Us 99th percentile of the same
 * @param sendLagMaxUs largest of the same
 * @param eventLoopLagUs largest lateness of a task scheduled on the generator's event loops
 * @param gcPauseMs time that the JVM spent in garbage collection pauses
 * @param requestsSent requests sent
 * @param requestsRunning requests in flight at {@code atUs}
 * @param chunks chunks with output that were read
 * @param reads socket reads that held at least one of them; {@code chunks / reads} above 1 means
 *     that chunks arrived together and their gaps are those of the reads
 * @param droppedRecords records that could not be published, since the run began
 * @param doubts what made the second's figures doubtful, one word for each cause; empty when
 *     nothing did, null when nobody has judged
 */
public record GeneratorHealth(
    int v,
    String runId,
    String producerId,
    long sequence,
    long atUs,
    long sendLagP50Us,
    long sendLagP99Us,
    long sendLagMaxUs,
    long eventLoopLagUs,
    long gcPauseMs,
    long requestsSent,
    long requestsRunning,
    long chunks,
    long reads,
    long droppedRecords,
    List<String> doubts)
    implements Event {

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public GeneratorHealth {
    Checks.common(v, runId, producerId, sequence);
    Checks.instant("at_us", atUs);
    Checks.notNegative("send_lag_p50_us", sendLagP50Us);
    Checks.notNegative("send_lag_p99_us", sendLagP99Us);
    Checks.notNegative("send_lag_max_us", sendLagMaxUs);
    Checks.notNegative("event_loop_lag_us", eventLoopLagUs);
    Checks.notNegative("gc_pause_ms", gcPauseMs);
    Checks.notNegative("requests_sent", requestsSent);
    Checks.notNegative("requests_running", requestsRunning);
    Checks.notNegative("chunks", chunks);
    Checks.notNegative("reads", reads);
    Checks.notNegative("dropped_records", droppedRecords);
    doubts = Checks.optionalSentences("doubts", doubts);
  }
}
