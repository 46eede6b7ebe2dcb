package io.evalstream.local.stack;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults one after the other, as a seed draws them, with two runs going on; in the end ClickHouse
 * holds what the input says. The seed is printed; {@code -Devalstream.faults.seed=} draws the same
 * faults and the same input again.
 */
class RandomFaultsIT {

  private static final String SEED = "evalstream.faults.seed";
  private static final int MOST_REQUESTS = 80;

  private enum Fault {
    TASK_MANAGER_KILLED,
    BROKER_STOPPED,
    BROKER_KILLED,
    CLICKHOUSE_KILLED,
    INSERTS_REFUSED,
    ANSWERS_LOST,
    ANSWERS_SLOW,
    RESCALED,
    POISONED
  }

  @TempDir private Path directory;
  private FaultStack stack;
  private Random random;
  private List<FaultStack.Run> runs;

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void fewFaults() throws Exception {
    survives(3);
  }

  @Test
  @Tag("long")
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void manyFaults() throws Exception {
    survives(20);
  }

  private void survives(int faults) throws Exception {
    long seed = Long.getLong(SEED, System.nanoTime());
    System.out.println("faults drawn by -D" + SEED + "=" + seed);
    random = new Random(seed);
    try (FaultStack started = FaultStack.start(directory, directory.resolve("checkpoints"))) {
      stack = started;
      runs =
          List.of(
              stack.begin("20260131-random", random.nextLong()),
              stack.begin("20260201-random", random.nextLong()));
      for (int i = 0; i < faults; i++) {
        requests();
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        System.out.println("fault " + (i + 1) + " of " + faults + ": " + fault);
        plant(fault);
      }
      requests();
      for (FaultStack.Run run : runs) {
        run.end();
      }
      stack.awaitAllEqualToTheInput();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("drawn by -D" + SEED + "=" + seed, e);
    }
  }

  private void requests() {
    for (FaultStack.Run run : runs) {
      run.requests(random.nextInt(MOST_REQUESTS));
    }
  }

  private void plant(Fault fault) throws Exception {
    switch (fault) {
      case TASK_MANAGER_KILLED -> {
        stack.flink.killTaskManager();
        requests();
        stack.flink.startTaskManager();
      }
      case BROKER_STOPPED -> {
        stack.broker.stop();
        startBrokerAmidRequests();
      }
      case BROKER_KILLED -> {
        stack.broker.kill();
        startBrokerAmidRequests();
      }
      case CLICKHOUSE_KILLED -> {
        stack.killClickHouse();
        requests();
        stack.startClickHouse();
      }
      case INSERTS_REFUSED -> meet(ClickHouseFaultProxy::refuse);
      case ANSWERS_LOST -> meet(ClickHouseFaultProxy::loseAnswer);
      case ANSWERS_SLOW -> {
        CountDownLatch answers = new CountDownLatch(1);
        stack.proxy.begin(ClickHouseFaultProxy.holdAnswer(answers));
        requests();
        stack.proxy.heal();
        answers.countDown();
      }
      case RESCALED -> {
        stack.awaitRunning();
        stack.rescaleServing(1 + random.nextInt(2));
      }
      case POISONED ->
          Poison.send(stack.broker.bootstrapServers(), Poison.values("20260131-random"));
    }
  }

  private void startBrokerAmidRequests() throws Exception {
    CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(this::requests);
    stack.broker.start();
    meanwhile.get();
  }

  private void meet(ClickHouseFaultProxy.Fault fault) {
    stack.proxy.begin(fault);
    requests();
    await().atMost(FaultStack.PATIENCE).until(() -> stack.proxy.faults() > 0);
    stack.proxy.heal();
  }
}
