package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;

/** Hands records to a raw log, and to another publisher that answers for all that is asked. */
public final class LoggedPublisher implements EventPublisher {

  private final EventPublisher publisher;
  private final RawLog log;

  /** Neither is closed with this one. */
  public LoggedPublisher(EventPublisher publisher, RawLog log) {
    this.publisher = publisher;
    this.log = log;
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public void publish(Topic topic, String partitionKey, LongFunction<? extends Event> event) {
    log.add(topic, event);
    if (publisher.enabled()) {
      publisher.publish(topic, partitionKey, event);
    }
  }

  @Override
  public long dropped() {
    return publisher.dropped();
  }

  @Override
  public SpillReport spill() {
    return publisher.spill();
  }

  @Override
  public Map<String, SentCount> acknowledged() {
    return publisher.acknowledged();
  }

  @Override
  public Map<String, SentCount> accepted() {
    return publisher.accepted();
  }

  @Override
  public boolean flush(Duration limit) {
    return publisher.flush(limit);
  }

  @Override
  public void close(Duration limit) {}
}
