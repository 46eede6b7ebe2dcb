package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Event;
import io.evalstream.events.EventCodec;
import io.evalstream.events.InvalidEventException;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RunRecord;
import io.evalstream.events.TokenTimings;
import io.evalstream.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes through Kafka's producer, on a thread of its own fed by a bounded queue.
 *
 * <p>The partition is computed here, as Kafka's own partitioner would from the partition key, so
 * that each record can carry its place in the producer's stream to that partition. A record that
 * the producer does not take uses no place; one that it took and could not deliver leaves a gap,
 * which is how readers see the loss. While Kafka is away records wait in a file ({@link Outbox}),
 * if there is one.
 */
final class KafkaEventPublisher implements EventPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventPublisher.class);
  private static final int DEFAULT_CAPACITY = 1 << 16;
  private static final long DRAIN_MS = 100;

  private final Producer<byte[], byte[]> producer;
  private final Outbox outbox;
  private final BlockingQueue<Item> queue;
  private final Map<Topic, long[]> nextSequence = new EnumMap<>(Topic.class);
  private final Map<Topic, Count> accepted = new EnumMap<>(Topic.class);
  private final Map<Topic, Count> acknowledged = new EnumMap<>(Topic.class);
  private final LongAdder dropped = new LongAdder();
  private final AtomicBoolean dropLogged = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closing;

  private sealed interface Item permits Handover, Flush {}

  private record Handover(Topic topic, String partitionKey, LongFunction<? extends Event> event)
      implements Item {}

  private record Flush(CountDownLatch done, long deadlineNanos) implements Item {}

  private static final class Count {
    private final LongAdder records = new LongAdder();
    private final LongAdder tokens = new LongAdder();

    void add(OutgoingRecord record) {
      records.increment();
      tokens.add(record.tokens());
    }

    void remove(OutgoingRecord record) {
      records.decrement();
      tokens.add(-record.tokens());
    }
  }

  /** A publisher; {@code spill} null to have no file. */
  KafkaEventPublisher(Producer<byte[], byte[]> producer, SpillOptions spill) {
    this(producer, DEFAULT_CAPACITY, spill, Outbox.DEFAULT_MAX_UNACKNOWLEDGED);
  }

  KafkaEventPublisher(
      Producer<byte[], byte[]> producer, int capacity, SpillOptions spill, long maxUnacknowledged) {
    this.producer = producer;
    this.outbox = new Outbox(producer, spill, maxUnacknowledged, new Deliveries());
    this.queue = new ArrayBlockingQueue<>(capacity);
    for (Topic topic : Topic.values()) {
      nextSequence.put(topic, new long[topic.partitions()]);
      accepted.put(topic, new Count());
      acknowledged.put(topic, new Count());
    }
    thread = new Thread(this::work, "evalstream-publisher");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public void publish(Topic topic, String partitionKey, LongFunction<? extends Event> event) {
    if (closing || !queue.offer(new Handover(topic, partitionKey, event))) {
      drop("queue_full");
    }
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public SpillReport spill() {
    return outbox.report();
  }

  @Override
  public Map<String, SentCount> acknowledged() {
    return byName(acknowledged);
  }

  @Override
  public Map<String, SentCount> accepted() {
    return byName(accepted);
  }

  private static Map<String, SentCount> byName(Map<Topic, Count> byTopic) {
    Map<String, SentCount> counts = new LinkedHashMap<>();
    byTopic.forEach(
        (topic, count) -> {
          if (count.records.sum() > 0) {
            counts.put(topic.text(), new SentCount(count.records.sum(), count.tokens.sum()));
          }
        });
    return counts;
  }

  @Override
  public boolean flush(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    CountDownLatch done = new CountDownLatch(1);
    try {
      return queue.offer(new Flush(done, deadline), limit.toNanos(), TimeUnit.NANOSECONDS)
          && done.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    closing = true;
    thread.interrupt();
    try {
      thread.join(Math.max(1, limit.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    if (!thread.isAlive()) {
      outbox.close();
    }
  }

  private void work() {
    while (true) {
      Item item;
      try {
        item = next();
      } catch (InterruptedException e) {
        continue;
      }
      if (item == null) {
        if (closing) {
          return;
        }
        outbox.drain();
      }
      if (item instanceof Handover one) {
        send(one);
      } else if (item instanceof Flush flush) {
        flush(flush);
      }
    }
  }

  /** Waits for the next item; null when there is none, and Kafka is to be looked at. */
  private Item next() throws InterruptedException {
    if (closing) {
      return queue.poll();
    }
    return outbox.away() ? queue.poll(DRAIN_MS, TimeUnit.MILLISECONDS) : queue.take();
  }

  private void flush(Flush flush) {
    try {
      if (outbox.flush(flush.deadlineNanos())) {
        flush.done().countDown();
      }
    } catch (KafkaException e) {
      LOG.warn("event=flush_failed error={}", e.getClass().getSimpleName());
      flush.done().countDown();
    }
  }

  private void send(Handover item) {
    Topic topic = item.topic();
    byte[] partitionKey = item.partitionKey().getBytes(StandardCharsets.UTF_8);
    int partition = Partitions.of(topic, partitionKey);
    long[] sequences = nextSequence.get(topic);
    try {
      Event event = item.event().apply(sequences[partition]);
      byte[] key =
          event instanceof RunRecord run
              ? run.key().getBytes(StandardCharsets.UTF_8)
              : partitionKey;
      OutgoingRecord outgoing =
          new OutgoingRecord(topic, partition, key, EventCodec.encode(event), tokens(event));
      if (outbox.take(outgoing, event.runId(), event.producerId())) {
        sequences[partition]++;
        accepted.get(topic).add(outgoing);
      } else {
        drop("refused");
      }
    } catch (InvalidEventException e) {
      // a mistake in this program: losing the record is better than losing the thread
      LOG.error("event=record_invalid topic={} error={}", topic.text(), e.getMessage());
      drop("invalid");
    }
  }

  private static long tokens(Event event) {
    if (event instanceof TokenTimings timings) {
      return timings.tokenCount();
    }
    return event instanceof RequestOutcome outcome ? outcome.outputTokens() : 0;
  }

  private void drop(String reason) {
    dropped.increment();
    if (dropLogged.compareAndSet(false, true)) {
      LOG.warn("event=record_dropped reason={} note=further_drops_are_only_counted", reason);
    }
  }

  /** Hears how records fared. */
  private final class Deliveries implements Outbox.Listener {

    @Override
    public void acknowledged(OutgoingRecord record) {
      acknowledged.get(record.topic()).add(record);
    }

    @Override
    public void lost(OutgoingRecord record, Exception why) {
      accepted.get(record.topic()).remove(record);
      drop(why.getClass().getSimpleName());
    }
  }
}
