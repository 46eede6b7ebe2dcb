package io.evalstream.local.kafka;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Holds a broker until it is killed. Prints its address. */
final class KafkaHolder {

  private KafkaHolder() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(new KafkaSettings(Path.of(arguments[0]), 0));
    System.out.println(kafka.bootstrapServers());
    new CountDownLatch(1).await();
  }
}
