package io.evalstream.local.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Hands records on out of order, some of them twice and some only at the very end. None is lost.
 */
final class Scrambler {

  private static final int HELD = 100;
  private static final int ONE_IN_SO_MANY_TWICE = 10;
  private static final int ONE_IN_SO_MANY_LATE = 30;

  private final Random random;
  private final Consumer<ProducerRecord<byte[], byte[]>> next;
  private final List<ProducerRecord<byte[], byte[]>> held = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> late = new ArrayList<>();

  Scrambler(Random random, Consumer<ProducerRecord<byte[], byte[]>> next) {
    this.random = random;
    this.next = next;
  }

  void accept(ProducerRecord<byte[], byte[]> record) {
    (random.nextInt(ONE_IN_SO_MANY_LATE) == 0 ? late : held).add(record);
    if (random.nextInt(ONE_IN_SO_MANY_TWICE) == 0) {
      (random.nextInt(ONE_IN_SO_MANY_LATE) == 0 ? late : held).add(record);
    }
    while (held.size() > HELD) {
      Collections.swap(held, random.nextInt(held.size()), held.size() - 1);
      next.accept(held.remove(held.size() - 1));
    }
  }

  /** Hands on all that is held back. */
  void flush() {
    Collections.shuffle(held, random);
    held.forEach(next);
    held.clear();
    late.forEach(next);
    late.clear();
  }
}
