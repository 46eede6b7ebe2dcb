package io.evalstream.loadgenerator;

import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.LatencyDistribution;
import io.evalstream.loadgenerator.measure.LoadMetrics;
import io.evalstream.loadgenerator.measure.PeakLoad;
import io.evalstream.loadgenerator.measure.RequestDetail;
import io.evalstream.loadgenerator.measure.SteadyState;
import io.evalstream.loadgenerator.publish.SpillReport;
import io.evalstream.loadgenerator.servermetrics.ServerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param status {@code FAILED} when records could not be published: the measurement itself holds
 * @param reason why it is not {@code COMPLETED}, in one sentence; null when it is
 * @param startedAtUs microseconds since the epoch
 * @param planned requests of the plan
 * @param sent requests whose first byte was written
 * @param ended requests by how they ended; every status is there
 * @param failures the first ten different sentences of failed requests, with how often each came,
 *     and those of other requests as one
 * @param metrics over the successful requests
 * @param peak the most that happened at once
 * @param details how every request went, in the order of the plan; empty unless asked for
 * @param droppedRecords records that could not be published
 * @param published records acknowledged by Kafka, by topic name
 * @param trust whether the figures are the server's
 * @param spill what became of records while Kafka was away
 * @param steadyState the figures without ramp-up and drain; null when the run was too short
 * @param server what the server said of itself; null when it was not asked or does not tell
 * @param blocks those that were answered as a whole, in the order of sending; empty without blocks
 * @param arms the two servers, of which the other figures speak together; empty when there is one
 * @param turns TTFT of the turns of conversations, from the first on; empty without conversations
 * @param notes sentences about what was missing and changes nothing in the figures
 */
public record LoadResult(
    String runId,
    String producerId,
    String model,
    ProducerState.Status status,
    String reason,
    long startedAtUs,
    long planned,
    long sent,
    Map<RequestStatus, Long> ended,
    Map<String, Long> failures,
    LoadMetrics metrics,
    PeakLoad peak,
    List<RequestDetail> details,
    long droppedRecords,
    Map<String, ProducerState.SentCount> published,
    Trust trust,
    SpillReport spill,
    SteadyState steadyState,
    ServerSummary server,
    List<BlockResult> blocks,
    List<ArmResult> arms,
    List<LatencyDistribution> turns,
    List<String> notes) {

  /** The same with one note more. */
  LoadResult with(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new LoadResult(
        runId,
        producerId,
        model,
        status,
        reason,
        startedAtUs,
        planned,
        sent,
        ended,
        failures,
        metrics,
        peak,
        details,
        droppedRecords,
        published,
        trust,
        spill,
        steadyState,
        server,
        blocks,
        arms,
        turns,
        List.copyOf(more));
  }

  /** Requests that ended well. */
  public long completed() {
    return ended.get(RequestStatus.OK);
  }

  /** Requests that ended otherwise. */
  public long failed() {
    return ended.values().stream().mapToLong(Long::longValue).sum() - completed();
  }
}
