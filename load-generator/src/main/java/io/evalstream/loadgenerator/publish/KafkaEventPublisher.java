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
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes through Kafka's producer, on a thread of its own fed by a bounded queue.
 *
 * <p>The partition is computed here, as Kafka's own partitioner would from the partition key, so
 * that each record can carry its place in the producer's stream to that partition. A record that
 * the producer does not take uses no place; one that it took and could not deliver leaves a gap,
 * which is how readers see the loss.
 */
final class KafkaEventPublisher implements EventPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaEventPublisher.class);
  private static final int DEFAULT_CAPACITY = 1 << 16;

  private final Producer<byte[], byte[]> producer;
  private final BlockingQueue<Item> queue;
  private final Map<Topic, long[]> nextSequence = new EnumMap<>(Topic.class);
  private final Map<Topic, Acknowledged> acknowledged = new EnumMap<>(Topic.class);
  private final LongAdder dropped = new LongAdder();
  private final AtomicBoolean dropLogged = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closing;

  private sealed interface Item permits Handover, Flush {}

  private record Handover(Topic topic, String partitionKey, LongFunction<? extends Event> event)
      implements Item {}

  private record Flush(CountDownLatch done) implements Item {}

  private static final class Acknowledged {
    final LongAdder records = new LongAdder();
    final LongAdder tokens = new LongAdder();
  }

  KafkaEventPublisher(Producer<byte[], byte[]> producer) {
    this(producer, DEFAULT_CAPACITY);
  }

  KafkaEventPublisher(Producer<byte[], byte[]> producer, int capacity) {
    this.producer = producer;
    this.queue = new ArrayBlockingQueue<>(capacity);
    for (Topic topic : Topic.values()) {
      nextSequence.put(topic, new long[topic.partitions()]);
      acknowledged.put(topic, new Acknowledged());
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
  public Map<String, SentCount> acknowledged() {
    Map<String, SentCount> counts = new LinkedHashMap<>();
    acknowledged.forEach(
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
      return queue.offer(new Flush(done), limit.toNanos(), TimeUnit.NANOSECONDS)
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
  }

  private void work() {
    while (true) {
      Item item;
      try {
        item = closing ? queue.poll() : queue.take();
      } catch (InterruptedException e) {
        continue;
      }
      if (item == null) {
        return;
      }
      if (item instanceof Handover one) {
        send(one);
      } else if (item instanceof Flush flush) {
        flushProducer();
        flush.done().countDown();
      }
    }
  }

  private void flushProducer() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      LOG.warn("event=flush_failed error={}", e.getClass().getSimpleName());
    }
  }

  private void send(Handover item) {
    Topic topic = item.topic();
    byte[] partitionKey = item.partitionKey().getBytes(StandardCharsets.UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(partitionKey)) % topic.partitions();
    long[] sequences = nextSequence.get(topic);
    try {
      Event event = item.event().apply(sequences[partition]);
      byte[] key =
          event instanceof RunRecord run
              ? run.key().getBytes(StandardCharsets.UTF_8)
              : partitionKey;
      Delivery delivery = new Delivery(topic, tokens(event));
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic.text(), partition, key, EventCodec.encode(event)),
              delivery);
      if (!delivery.refused) {
        sequences[partition]++;
      }
    } catch (KafkaException | IllegalStateException e) {
      drop(e.getClass().getSimpleName());
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

  /** Hears how one record fared. */
  private final class Delivery implements Callback {

    private final Topic topic;
    private final long tokens;

    /** Written and read on the publisher's thread only: the producer did not take the record. */
    private boolean refused;

    Delivery(Topic topic, long tokens) {
      this.topic = topic;
      this.tokens = tokens;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception exception) {
      if (exception == null) {
        Acknowledged count = acknowledged.get(topic);
        count.records.increment();
        count.tokens.add(tokens);
        return;
      }
      if (Thread.currentThread() == thread) {
        refused = true;
      }
      drop(exception.getClass().getSimpleName());
    }
  }
}
