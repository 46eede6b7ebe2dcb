package io.evalstream.loadgenerator;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.publish.EventPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Loses every outcome. */
final class LossyPublisher implements EventPublisher {

  private final EventPublisher inner;
  private final AtomicLong dropped = new AtomicLong();

  LossyPublisher(EventPublisher inner) {
    this.inner = inner;
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public void publish(Topic topic, String partitionKey, LongFunction<? extends Event> event) {
    if (topic == Topic.REQUEST_OUTCOMES) {
      dropped.incrementAndGet();
    } else {
      inner.publish(topic, partitionKey, event);
    }
  }

  @Override
  public long dropped() {
    return dropped.get();
  }

  @Override
  public Map<String, SentCount> acknowledged() {
    return inner.acknowledged();
  }

  @Override
  public Map<String, SentCount> accepted() {
    return inner.accepted();
  }

  @Override
  public boolean flush(Duration limit) {
    return inner.flush(limit);
  }

  @Override
  public void close(Duration limit) {
    inner.close(limit);
  }
}
