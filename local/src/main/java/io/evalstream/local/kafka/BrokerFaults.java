package io.evalstream.local.kafka;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when the broker cannot go on, for instance because its disk is gone: Kafka ends the
 * process, and with this it ends with the status of a broken stack and a last line in the log.
 */
final class BrokerFaults {

  /** The exit status that says "it broke". */
  static final int BROKE = 3;

  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

  private BrokerFaults() {}

  /** Applies to every broker of this process from now on. */
  static void endProcessAsBroken() {
    Exit.setExitProcedure(BrokerFaults::halt);
    Exit.setHaltProcedure(BrokerFaults::halt);
  }

  private static void halt(int status, String message) {
    LOG.error("kafka=broke kafka_status={} message={}", status, message);
    Runtime.getRuntime().halt(BROKE);
  }
}
