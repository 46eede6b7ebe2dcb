package io.evalstream.loadgenerator.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/**
 * Hands records to Kafka's producer, in order, and to a file while Kafka is away.
 *
 * <p>Kafka is away when the producer holds more than it should, or has held something for a while
 * without any acknowledgement. From then on records go to the file, until Kafka acknowledges again
 * and the file has been sent: a record never overtakes another. The producer is told never to give
 * a record up by itself ({@code delivery.timeout.ms}), which would break the order.
 *
 * <p>All methods but {@link #unacknowledged} and {@link #report} are for one thread;
 * acknowledgements come from any.
 */
final class Outbox {

  /** Half of the memory that Kafka's producer has, so that it never makes this thread wait. */
  static final long DEFAULT_MAX_UNACKNOWLEDGED = 16 << 20;

  private static final long RETRY_NANOS = 1_000_000_000L;
  private static final long POLL_NANOS = 2_000_000L;

  private final Producer<byte[], byte[]> producer;
  private final Listener listener;
  private final Spill spill;
  private final long awayNanos;
  private final long maxUnacknowledged;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private long unacknowledgedBytes;
  private volatile boolean lost;
  private long progressNanos = System.nanoTime();
  private long notBeforeNanos = System.nanoTime();

  /** Told what became of records, on any thread. */
  interface Listener {

    void acknowledged(OutgoingRecord record);

    /** The producer took the record and could not deliver it. */
    void lost(OutgoingRecord record, Exception why);
  }

  /** A record that the producer took. */
  private static final class Sent {
    final OutgoingRecord record;
    boolean over;

    Sent(OutgoingRecord record) {
      this.record = record;
    }
  }

  /**
   * An outbox.
   *
   * @param options null to have no file: then records that the producer refuses are not taken
   */
  Outbox(
      Producer<byte[], byte[]> producer,
      SpillOptions options,
      long maxUnacknowledged,
      Listener listener) {
    this.producer = producer;
    this.listener = listener;
    this.spill = options == null ? null : new Spill(options);
    this.awayNanos = options == null ? 0 : options.awayAfter().toNanos();
    this.maxUnacknowledged = maxUnacknowledged;
  }

  /**
   * Takes a record, to send it or to keep it until it can be sent.
   *
   * @return whether it was taken; if not it is lost and uses no number
   */
  boolean take(OutgoingRecord record, String runId, String producerId) {
    if (spill == null) {
      return send(record);
    }
    drain();
    if (!spill.away()) {
      if (!kafkaAway() && send(record)) {
        return true;
      }
      spill.begin(runId, producerId, unacknowledged());
    }
    return spill.add(record);
  }

  /** Sends what waits in the file, as far as Kafka takes it. */
  void drain() {
    if (spill == null || !spill.away()) {
      return;
    }
    while (!kafkaAway()) {
      OutgoingRecord first = spill.first();
      if (first == null) {
        if (unacknowledged().isEmpty()) {
          spill.end();
        }
        return;
      }
      if (!send(first)) {
        return;
      }
      spill.taken();
    }
  }

  /** Whether records wait in the file, so that {@link #drain} must be called again and again. */
  boolean away() {
    return spill != null && spill.away();
  }

  /** Waits until Kafka has everything, or until the deadline. */
  boolean flush(long deadlineNanos) {
    if (spill == null) {
      producer.flush();
      return true;
    }
    while (true) {
      drain();
      if (!spill.away() && unacknowledged().isEmpty()) {
        return true;
      }
      if (deadlineNanos - System.nanoTime() <= 0 || Thread.interrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Call it last, when the producer is closed. */
  void close() {
    if (spill != null) {
      if (spill.away() && !spill.waiting() && !lost && unacknowledged().isEmpty()) {
        spill.end();
      }
      spill.close();
    }
  }

  SpillReport report() {
    return spill == null ? SpillReport.NONE : spill.report();
  }

  /** What the producer took and Kafka has not acknowledged, in order. */
  private synchronized List<OutgoingRecord> unacknowledged() {
    List<OutgoingRecord> records = new ArrayList<>();
    for (Sent one : sent) {
      if (!one.over) {
        records.add(one.record);
      }
    }
    return records;
  }

  private synchronized boolean kafkaAway() {
    long now = System.nanoTime();
    return now - notBeforeNanos < 0
        || unacknowledgedBytes >= maxUnacknowledged
        || (unacknowledgedBytes > 0 && now - progressNanos > awayNanos);
  }

  /** Whether the producer took the record. */
  private boolean send(OutgoingRecord record) {
    Sent one = new Sent(record);
    Thread sender = Thread.currentThread();
    boolean[] refused = new boolean[1];
    begun(one);
    try {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(
                  record.topic().text(), record.partition(), record.key(), record.value()),
              (metadata, exception) -> {
                over(one, exception == null);
                if (exception == null) {
                  listener.acknowledged(record);
                } else if (Thread.currentThread() == sender) {
                  refused[0] = true;
                } else {
                  listener.lost(record, exception);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      over(one, false);
      refused[0] = true;
    }
    if (refused[0]) {
      retryLater();
    }
    return !refused[0];
  }

  private synchronized void begun(Sent one) {
    if (unacknowledgedBytes == 0) {
      progressNanos = System.nanoTime();
    }
    unacknowledgedBytes += one.record.size();
    sent.addLast(one);
  }

  private synchronized void over(Sent one, boolean acknowledged) {
    if (one.over) {
      return;
    }
    one.over = true;
    unacknowledgedBytes -= one.record.size();
    lost |= !acknowledged;
    if (acknowledged) {
      progressNanos = System.nanoTime();
    }
    while (!sent.isEmpty() && sent.peekFirst().over) {
      sent.removeFirst();
    }
  }

  private synchronized void retryLater() {
    notBeforeNanos = System.nanoTime() + RETRY_NANOS;
  }
}
