package io.evalstream.local.kafka;

import org.apache.kafka.common.utils.Exit;

/** Does what Kafka does when all its disks are gone. */
final class BrokenBroker {

  private BrokenBroker() {}

  public static void main(String[] arguments) {
    BrokerFaults.endProcessAsBroken();
    Exit.halt(1, "planted");
  }
}
