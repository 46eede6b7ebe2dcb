package io.evalstream.loadgenerator.publish;

import java.nio.file.Path;

/**
 * What became of records while Kafka was away.
 *
 * @param records records that were written to the file
 * @param secondsAway how long records went there and not to Kafka
 * @param dropped records that were lost because the file was full or could not be written
 * @param waiting records in the file that Kafka does not have
 * @param file the file; null when there is none
 */
public record SpillReport(long records, double secondsAway, long dropped, long waiting, Path file) {

  /** Kafka was never away. */
  public static final SpillReport NONE = new SpillReport(0, 0, 0, 0, null);
}
