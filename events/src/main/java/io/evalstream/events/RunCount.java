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
    long missing) {

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public RunCount {
    Checks.version(v);
    Checks.runId(runId);
    Checks.text("producer_id", producerId);
    Checks.text("topic", topic);
    Checks.notNegative("version", version);
    Checks.notNegative("records", records);
    Checks.notNegative("tokens", tokens);
    Checks.notNegative("duplicates", duplicates);
    Checks.notNegative("missing", missing);
  }
}
