package io.evalstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts fail while a run is measured, records arrive twice, late and in disorder; in the end
 * ClickHouse holds exactly what a plain recomputation from the input says.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class FaultsIT {

  private static final Duration PATIENCE = FaultStack.PATIENCE;

  @TempDir static Path directory;
  private static FaultStack stack;
  private static Optional<SmallDisk> disk = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    Path checkpoints = directory.resolve("checkpoints");
    disk = SmallDisk.mount(checkpoints);
    stack = FaultStack.start(directory, checkpoints);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    disk.ifPresent(SmallDisk::close);
  }

  /** What one test leaves broken is not the next one's. */
  @AfterEach
  void heal() throws IOException {
    stack.proxy.heal();
    if (disk.isPresent()) {
      disk.get().free();
    }
  }

  @Test
  void clickHouseIsKilledAndComesBack() throws Exception {
    FaultStack.Run run = stack.begin("20260131-killed", 1);
    run.requests(200);
    awaitStored("20260131-killed");
    int restores = stack.flink.restores(stack.store);
    stack.proxy.begin(ClickHouseFaultProxy.Insert::forward);
    stack.killClickHouse();
    run.requests(200);
    await().atMost(PATIENCE).until(() -> stack.flink.restores(stack.store) > restores);
    assertThat(stack.proxy.faults()).isPositive();
    stack.startClickHouse();
    stack.proxy.heal();

    run.finish();
  }

  @Test
  void clickHouseAnswersWithErrors() throws Exception {
    during("20260131-errors", 2, ClickHouseFaultProxy::refuse);
  }

  @Test
  void clickHousesAnswersAreLostAfterTheRowsWereWritten() throws Exception {
    during("20260131-unheard", 3, ClickHouseFaultProxy::loseAnswer);
  }

  private static void during(String runId, long seed, ClickHouseFaultProxy.Fault fault)
      throws Exception {
    FaultStack.Run run = stack.begin(runId, seed);
    run.requests(200);
    int restores = stack.flink.restores(stack.store);
    stack.proxy.begin(fault);
    run.requests(200);
    await().atMost(PATIENCE).until(() -> stack.flink.restores(stack.store) > restores);
    assertThat(stack.proxy.faults()).isPositive();
    stack.proxy.heal();

    run.finish();
  }

  @Test
  void aSlowClickHouseDelaysOnlyTheStoreJobAndFillsNoMemory() throws Exception {
    FaultStack.Run run = stack.begin("20260131-slow", 4);
    run.requests(300);
    awaitStored("20260131-slow");
    long before = stack.flink.liveHeapBytes();
    CountDownLatch answers = new CountDownLatch(1);
    stack.proxy.begin(ClickHouseFaultProxy.holdAnswer(answers));
    long sentBytes = run.bulk(40_000, 2_000);
    run.requests(300);
    await().atMost(PATIENCE).until(() -> stack.flink.checkpointsInProgress(stack.store) > 0);
    int completed = stack.flink.checkpointsCompleted(stack.serving);
    await()
        .atMost(PATIENCE)
        .until(() -> stack.flink.checkpointsCompleted(stack.serving) >= completed + 3);
    assertThat(stack.flink.checkpointsInProgress(stack.store)).isPositive();
    assertThat(stack.flink.liveHeapBytes()).isLessThan(before + sentBytes / 2);
    stack.proxy.heal();
    answers.countDown();

    run.finish();
  }

  @Test
  void theDiskOfTheCheckpointsIsFull() throws Exception {
    assumeTrue(disk.isPresent(), "no file system could be mounted");
    FaultStack.Run run = stack.begin("20260131-disk-full", 11);
    run.requests(200);
    awaitStored("20260131-disk-full");
    int servingRestores = stack.flink.restores(stack.serving);
    int storeRestores = stack.flink.restores(stack.store);
    int servingFailed = stack.flink.checkpointsFailed(stack.serving);
    int storeFailed = stack.flink.checkpointsFailed(stack.store);
    disk.get().fill();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                stack.flink.checkpointsFailed(stack.serving) >= servingFailed + 2
                    && stack.flink.checkpointsFailed(stack.store) >= storeFailed + 2);
    FaultStack.Run meanwhile = stack.begin("20260131-meanwhile", 12);
    meanwhile.requests(200);
    meanwhile.finish();
    disk.get().free();
    int completed = stack.flink.checkpointsCompleted(stack.serving);
    await()
        .atMost(PATIENCE)
        .until(() -> stack.flink.checkpointsCompleted(stack.serving) > completed);
    run.requests(200);

    run.finish();
    assertThat(stack.flink.restores(stack.serving)).isEqualTo(servingRestores);
    assertThat(stack.flink.restores(stack.store)).isEqualTo(storeRestores);
  }

  @Test
  void whatNobodyCanReadIsNamedAndStopsNothing() throws Exception {
    long hourAgoUs = SyntheticProducer.minuteAgoUs() - 59 * 60_000_000L;
    FaultStack.Run run = stack.begin("20260131-poison", 13, hourAgoUs);
    run.requests(100);
    int servingRestores = stack.flink.restores(stack.serving);
    int storeRestores = stack.flink.restores(stack.store);
    String kafka = stack.broker.bootstrapServers();
    List<String> sent = new ArrayList<>(Poison.send(kafka, Poison.values("20260131-poison")));
    sent.addAll(Poison.flood(kafka, 1_000, 100_000));
    run.requests(100);
    run.longAnswer(120_000);
    run.requests(100);

    run.finish();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(stack.rows(Poison.sql())).containsExactlyInAnyOrderElementsOf(sent));
    assertThat(stack.flink.restores(stack.serving)).isEqualTo(servingRestores);
    assertThat(stack.flink.restores(stack.store)).isEqualTo(storeRestores);
  }

  @Test
  void onePartitionsRowsAreTakenAndTheNextOnesAreNot() throws Exception {
    FaultStack.Run first = stack.begin("20260201-taken", 5);
    FaultStack.Run second = stack.begin("20260202-refused", 6);
    int restores = stack.flink.restores(stack.store);
    stack.proxy.begin(ClickHouseFaultProxy.onlyPartition("20260201"));
    first.requests(200);
    second.requests(200);
    await().atMost(PATIENCE).until(() -> stack.flink.restores(stack.store) > restores);
    assertThat(stack.proxy.faults()).isPositive();
    stack.proxy.heal();

    first.finish();
    second.finish();
  }

  @Test
  void aTaskManagerIsKilledInTheMiddleOfCheckpoints() throws Exception {
    FaultStack.Run run = stack.begin("20260131-task-manager", 7);
    run.requests(300);
    awaitStored("20260131-task-manager");
    CountDownLatch answers = new CountDownLatch(1);
    stack.proxy.begin(ClickHouseFaultProxy.holdAnswer(answers));
    run.requests(300);
    await().atMost(PATIENCE).until(() -> stack.flink.checkpointsInProgress(stack.store) > 0);
    int servingRestores = stack.flink.restores(stack.serving);
    int storeRestores = stack.flink.restores(stack.store);
    await().atMost(PATIENCE).until(FaultsIT::freezeInTheMiddleOfACheckpoint);

    stack.flink.killTaskManager();
    stack.broker.thaw();
    stack.proxy.heal();
    answers.countDown();
    stack.flink.startTaskManager();
    run.requests(100);

    run.finish();
    assertThat(stack.flink.restores(stack.serving)).isGreaterThan(servingRestores);
    assertThat(stack.flink.restores(stack.store)).isGreaterThan(storeRestores);
  }

  /** The broker stands still, so the serving job's checkpoint waits for what it has sent. */
  private static boolean freezeInTheMiddleOfACheckpoint() throws Exception {
    stack.broker.freeze();
    if (stack.flink.checkpointsInProgress(stack.serving) > 0) {
      return true;
    }
    stack.broker.thaw();
    return false;
  }

  @Test
  void theBrokerIsStoppedAndComesBack() throws Exception {
    FaultStack.Run run = stack.begin("20260131-broker-stopped", 8);
    run.requests(300);
    stack.broker.stop();
    CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> run.requests(200));
    stack.broker.start();
    meanwhile.get();

    run.finish();
  }

  @Test
  void theBrokerIsKilledAndComesBack() throws Exception {
    FaultStack.Run run = stack.begin("20260131-broker-killed", 9);
    run.requests(300);
    stack.broker.kill();
    CompletableFuture<Void> meanwhile = CompletableFuture.runAsync(() -> run.requests(200));
    stack.broker.start();
    meanwhile.get();

    run.finish();
  }

  @Test
  void theServingJobIsRescaledWhileItRuns() throws Exception {
    FaultStack.Run run = stack.begin("20260131-rescaled", 10);
    run.requests(200);
    stack.rescaleServing(1);
    run.requests(200);
    stack.rescaleServing(2);
    run.requests(200);

    run.finish();
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void inTheEndAllOfIt() throws Exception {
    stack.awaitAllEqualToTheInput();
  }

  private static void awaitStored(String runId) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !stack
                    .rows("SELECT 1 FROM latency_windows WHERE run_id = '" + runId + "' LIMIT 1")
                    .isEmpty());
  }
}
