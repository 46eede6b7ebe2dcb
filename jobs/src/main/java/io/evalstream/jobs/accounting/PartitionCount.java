package io.evalstream.jobs.accounting;

/**
 * What has been counted of one producer's records on one partition, since they began.
 *
 * @param records records, each once
 * @param tokens output tokens that they speak of
 * @param duplicates records that had been counted
 * @param missing sequence numbers below the largest seen that have not come
 */
public record PartitionCount(
    String runId,
    String producerId,
    String topic,
    int partition,
    long records,
    long tokens,
    long duplicates,
    long missing) {

  /** Inputs that led to this count; of two counts the one with more is the newer. */
  public long inputs() {
    return records + duplicates;
  }

  /** The producer and topic that the partition's count is a part of. */
  public String series() {
    return runId + '\u0000' + producerId + '\u0000' + topic;
  }
}
