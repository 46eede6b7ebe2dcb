package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Topic;

/**
 * A record as it goes to Kafka.
 *
 * @param tokens output tokens that it speaks of
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record OutgoingRecord(Topic topic, int partition, byte[] key, byte[] value, long tokens) {

  /** About how much memory it takes. */
  int size() {
    return key.length + value.length + 64;
  }
}
