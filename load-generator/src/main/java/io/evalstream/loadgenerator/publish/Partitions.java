package io.evalstream.loadgenerator.publish;

import io.evalstream.events.Topic;
import org.apache.kafka.common.utils.Utils;

/** Which partition a record goes to: as Kafka's own partitioner decides for records with a key. */
final class Partitions {

  private Partitions() {}

  /** The partition of the records that have this partition key, in UTF-8. */
  static int of(Topic topic, byte[] partitionKey) {
    return Utils.toPositive(Utils.murmur2(partitionKey)) % topic.partitions();
  }
}
