package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState.SentCount;
import io.evalstream.events.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongFunction;

/** Takes the records of a run. Safe for many threads; no method but the last two ever waits. */
public interface EventPublisher {

  /** Publishes nothing, for a run that only measures. */
  EventPublisher NONE =
      new EventPublisher() {
        @Override
        public boolean enabled() {
          return false;
        }

        @Override
        public void publish(
            Topic topic, String partitionKey, LongFunction<? extends Event> event) {}

        @Override
        public long dropped() {
          return 0;
        }

        @Override
        public Map<String, SentCount> acknowledged() {
          return Map.of();
        }

        @Override
        public Map<String, SentCount> accepted() {
          return Map.of();
        }

        @Override
        public boolean flush(Duration limit) {
          return true;
        }

        @Override
        public void close(Duration limit) {}
      };

  /** Whether records go anywhere; if not, nobody needs to make them. */
  boolean enabled();

  /**
   * Hands a record over, or drops and counts it when too many are waiting.
   *
   * @param partitionKey records with the same one stay in order
   * @param event makes the record for a sequence; called on the publisher's thread
   */
  void publish(Topic topic, String partitionKey, LongFunction<? extends Event> event);

  /** Records that were not published and will not be. */
  long dropped();

  /** What became of records while Kafka was away. */
  default SpillReport spill() {
    return SpillReport.NONE;
  }

  /** Records that Kafka has acknowledged, by topic name. */
  Map<String, SentCount> acknowledged();

  /**
   * Records that Kafka has acknowledged or that wait for it in a file, by topic name. Whoever reads
   * a later record of this publisher from Kafka finds these there too.
   */
  Map<String, SentCount> accepted();

  /**
   * Waits until everything handed over before is acknowledged or dropped.
   *
   * @return whether that happened within the limit
   */
  boolean flush(Duration limit);

  /** Ends it. What is not acknowledged within the limit is given up. */
  void close(Duration limit);
}
