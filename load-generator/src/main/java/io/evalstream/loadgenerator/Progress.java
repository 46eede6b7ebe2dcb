package io.evalstream.loadgenerator;

import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.Measurements;
import java.time.Duration;
import java.util.Map;

/**
 * How a run stands.
 *
 * @param planned requests of the plan
 * @param sent requests whose first byte was written
 * @param running requests in flight
 * @param ended requests that ended, by how; every status is there
 * @param outputTokens tokens that were read
 * @param tokensPerSecond tokens read in about the last second, per second
 * @param droppedRecords records that could not be published
 * @param latency the metrics so far, within 1%
 * @param trust whether the figures so far are the server's
 */
public record Progress(
    Duration elapsed,
    long planned,
    long sent,
    long running,
    Map<RequestStatus, Long> ended,
    long outputTokens,
    double tokensPerSecond,
    long droppedRecords,
    Measurements.Running latency,
    Trust trust) {

  /** Requests that ended well. */
  public long completed() {
    return ended.get(RequestStatus.OK);
  }

  /** Requests that ended otherwise. */
  public long failed() {
    return ended.values().stream().mapToLong(Long::longValue).sum() - completed();
  }
}
