package io.evalstream.loadgenerator;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.publish.EventPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** Keeps what is published, in order. */
final class RecordingPublisher implements EventPublisher {

  private final List<Event> events = new ArrayList<>();
  private final Map<Topic, Long> counts = new LinkedHashMap<>();

  synchronized <T extends Event> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public synchronized void publish(
      Topic topic, String partitionKey, LongFunction<? extends Event> event) {
    long sequence = counts.merge(topic, 1L, Long::sum) - 1;
    events.add(event.apply(sequence));
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public synchronized Map<String, SentCount> acknowledged() {
    Map<String, SentCount> acknowledged = new LinkedHashMap<>();
    counts.forEach((topic, count) -> acknowledged.put(topic.text(), new SentCount(count, 0)));
    return acknowledged;
  }

  @Override
  public Map<String, SentCount> accepted() {
    return acknowledged();
  }

  @Override
  public boolean flush(Duration limit) {
    return true;
  }

  @Override
  public void close(Duration limit) {}
}
