package io.evalstream.jobs.kafka;

import io.evalstream.events.DeadLetter;
import io.evalstream.events.Event;
import java.util.Arrays;

/**
 * A record as it lies on Kafka, not yet read, so that what cannot be read is not lost.
 *
 * @param appendedAtMs the broker's time of the record, milliseconds since the epoch
 * @param value its bytes; null for a tombstone
 */
public record RawRecord(String topic, int partition, long offset, long appendedAtMs, byte[] value) {

  /** This record as one that nobody could read. */
  public DeadLetter deadLetter(String code, String reason) {
    byte[] raw = value == null ? new byte[0] : value;
    return new DeadLetter(
        Event.SCHEMA_VERSION,
        topic,
        partition,
        offset,
        Math.max(0, appendedAtMs) * 1_000,
        code,
        reason,
        Arrays.copyOf(raw, Math.min(raw.length, DeadLetter.MAX_RAW_BYTES)),
        raw.length);
  }
}
