package io.evalstream.loadgenerator.publish;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records that wait for Kafka to come back. The file begins with those that the producer had
 * taken and Kafka had not acknowledged: the producer delivers them itself, but should this process
 * die they are there. For one thread, but for {@link #report}.
 */
final class Spill {

  private static final Logger LOG = LoggerFactory.getLogger(Spill.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final SpillOptions options;
  private SpillFile file;
  private OutgoingRecord head;
  private long unread;
  private long records;
  private long dropped;
  private long awayNanos;
  private long awaySince;
  private boolean away;

  Spill(SpillOptions options) {
    this.options = options;
  }

  /** Whether records wait. */
  synchronized boolean waiting() {
    return unread > 0;
  }

  /** Kafka went away: from now on time counts. */
  synchronized void begin(
      String runId, String producerId, Iterable<OutgoingRecord> unacknowledged) {
    away = true;
    awaySince = System.nanoTime();
    int passed = 0;
    try {
      if (file == null) {
        file = SpillFile.create(options.directory(), runId, producerId);
      }
      for (OutgoingRecord record : unacknowledged) {
        file.append(record);
        passed++;
      }
      for (int i = 0; i < passed; i++) {
        // the producer delivers these itself
        file.next();
      }
    } catch (IOException e) {
      LOG.error("event=spill_failed error={}", e.toString());
    }
    LOG.warn("event=kafka_away file={}", file == null ? null : file.path());
  }

  synchronized boolean away() {
    return away;
  }

  /** Keeps a record; false when there is no room. */
  synchronized boolean add(OutgoingRecord record) {
    try {
      if (file != null && file.size() + record.size() <= options.maxBytes()) {
        file.append(record);
        unread++;
        records++;
        return true;
      }
    } catch (IOException e) {
      LOG.error("event=spill_failed error={}", e.toString());
    }
    dropped++;
    return false;
  }

  /** The record that waits longest; null when none waits. */
  synchronized OutgoingRecord first() {
    if (head == null && unread > 0) {
      try {
        head = file.next();
      } catch (IOException e) {
        LOG.error("event=spill_unreadable error={}", e.toString());
      }
      if (head == null) {
        dropped += unread;
        unread = 0;
      }
    }
    return head;
  }

  /** The record that waits longest was taken by Kafka's producer. */
  synchronized void taken() {
    head = null;
    unread--;
  }

  /** Kafka is back, nothing waits, and everything is acknowledged. */
  synchronized void end() {
    away = false;
    awayNanos += System.nanoTime() - awaySince;
    try {
      if (file != null) {
        file.clear();
      }
    } catch (IOException e) {
      LOG.error("event=spill_failed error={}", e.toString());
    }
    LOG.info("event=kafka_back spilled={} dropped={}", records, dropped);
  }

  /** Removes the file if Kafka has everything, and leaves it for the next start if not. */
  synchronized void close() {
    try {
      if (file != null && away) {
        file.close();
      } else if (file != null) {
        file.delete();
      }
    } catch (IOException e) {
      LOG.error("event=spill_failed error={}", e.toString());
    }
  }

  synchronized SpillReport report() {
    long nanos = awayNanos + (away ? System.nanoTime() - awaySince : 0);
    return new SpillReport(
        records,
        nanos / NANOS_PER_SECOND,
        dropped,
        unread,
        away && file != null ? file.path() : null);
  }
}
