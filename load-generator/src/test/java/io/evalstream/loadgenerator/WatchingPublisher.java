package io.evalstream.loadgenerator;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.publish.EventPublisher;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Shows each record to a watcher after passing it on. */
record WatchingPublisher(EventPublisher inner, Consumer<Event> watcher) implements EventPublisher {

  @Override
  public boolean enabled() {
    return inner.enabled();
  }

  @Override
  public void publish(Topic topic, String partitionKey, LongFunction<? extends Event> event) {
    inner.publish(topic, partitionKey, event);
    watcher.accept(event.apply(0));
  }

  @Override
  public long dropped() {
    return inner.dropped();
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
