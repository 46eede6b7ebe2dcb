package io.evalstream.simulator;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** Simulators for tests: on a free port, without waits unless told otherwise. */
final class Servers {
  private Servers() {}

  static Simulator started(UnaryOperator<SimulatorConfig.Builder> change) {
    SimulatorConfig.Builder builder =
        SimulatorConfig.builder().port(0).timeToFirstToken("0").interTokenLatency("0");
    Simulator simulator = new Simulator(change.apply(builder).build());
    simulator.start();
    return simulator;
  }

  /** The stats once no request has a slot; a client may see its answer's end just before. */
  static SimulatorStats settled(Simulator simulator) {
    until(() -> simulator.stats().running() == 0);
    return simulator.stats();
  }

  /** Waits for a condition, with patience for a busy machine. */
  static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofMinutes(1)).until(condition);
  }
}
