package io.evalstream.loadgenerator.publish;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where records wait while Kafka is away.
 *
 * @param directory one file per run and producer is made in it, and only when it is needed
 * @param maxBytes how large a file may get; what does not fit is dropped and counted
 * @param awayAfter Kafka is away when it has acknowledged nothing for so long although records wait
 */
public record SpillOptions(Path directory, long maxBytes, Duration awayAfter) {

  /** 1 GiB: about an hour of 5,000 tokens per second. */
  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private static final Duration DEFAULT_AWAY_AFTER = Duration.ofSeconds(5);

  /** Up to 1 GiB in {@code directory}, once Kafka was silent for five seconds. */
  public SpillOptions(Path directory) {
    this(directory, DEFAULT_MAX_BYTES, DEFAULT_AWAY_AFTER);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public SpillOptions {
    if (directory == null) {
      throw new IllegalArgumentException("spill directory is missing: name one");
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException(
          "spill size limit is " + maxBytes + ": give a number of bytes from 1 on");
    }
    if (awayAfter == null || awayAfter.isNegative()) {
      throw new IllegalArgumentException(
          "spill waiting time is " + awayAfter + ": give a time from 0 on");
    }
  }
}
