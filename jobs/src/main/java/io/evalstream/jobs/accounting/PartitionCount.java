package io.evalstream.jobs.accounting;

/**
 * What has been counted of one producer's records on one partition, since they began.
 *
 * @param records records, each once
 * @param tokens output tokens that they speak of
 * @param duplicates records that had been counted
 * @param missing sequence numbers below the largest seen that have not come
 * @param quarantined records that were refused because their instant lies ahead of the broker's
 *     clock
 */
public record PartitionCount(
    String runId,
    String producerId,
    String topic,
    int partition,
    long records,
    long tokens,
    long duplicates,
    long missing,
    long quarantined) {

  private static final char SEPARATOR = '\u0000';

  /** Inputs that led to this count; of two counts the one with more is the newer. */
  public long inputs() {
    return records + duplicates + quarantined;
  }

  /** The producer and topic, within its run, that the partition's count is a part of. */
  public String series() {
    return series(producerId, topic);
  }

  static String series(String producerId, String topic) {
    return producerId + SEPARATOR + topic;
  }

  static String producerOf(String series) {
    return series.substring(0, series.indexOf(SEPARATOR));
  }

  static String topicOf(String series) {
    return series.substring(series.indexOf(SEPARATOR) + 1);
  }

  /** The partition of the series. */
  String part() {
    return series() + SEPARATOR + partition;
  }
}
