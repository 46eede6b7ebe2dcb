package io.evalstream.events;

/**
 * What the serving job has counted of one producer's records on one topic, on topic {@code
 * run-counts}. The latest version replaces all before it.
 *
 * @param topic the topic counted
 * @param version larger means newer: {@code (epoch << 40) | inputs applied}
 * @param records records counted, each once
 * @param tokens output tokens that those records speak of
 * @param duplicates records skipped because they had been counted
 * @param missing sequence numbers below the largest seen that have not come
 * @param quarantined records refused because their instant lies ahead of the broker's clock
 * @param withheld whether the count is not to replace those before it: the job has started without
 *     its state, and has not met again all that the producer had sent until then
 * @param outstanding how many of those records have not come, as far as it is known
 */
public record RunCount(
    int v,
    String runId,
    String producerId,
    String topic,
    long version,
    long records,
    long tokens,
    long duplicates,
    long missing,
    long quarantined,
    boolean withheld,
    long outstanding) {

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public RunCount {
    Checks.version(v);
    Checks.runId(runId);
    Checks.name("producer_id", producerId);
    Checks.name("topic", topic);
    Checks.notNegative("version", version);
    Checks.notNegative("records", records);
    Checks.notNegative("tokens", tokens);
    Checks.notNegative("duplicates", duplicates);
    Checks.notNegative("missing", missing);
    Checks.notNegative("quarantined", quarantined);
    Checks.notNegative("outstanding", outstanding);
  }
}
