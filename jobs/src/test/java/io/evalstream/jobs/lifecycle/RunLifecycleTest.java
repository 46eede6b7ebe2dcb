package io.evalstream.jobs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.ProducerState;
import io.evalstream.events.RunPlan;
import io.evalstream.jobs.Records;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunLifecycleTest {

  private static final long SILENCE_MS = RunLifecycle.SILENCE.toMillis();

  private KeyedTwoInputStreamOperatorTestHarness<String, RunPlan, ProducerState, RunClosed> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
    harness.setProcessingTime(1_000);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void aRunIsClosedWhenAllPlannedProducersHaveEnded() throws Exception {
    harness.processElement1(Records.plan(2), 0);
    heard("p1", 0, ProducerState.Type.STARTED);
    heard("p1", 1, ProducerState.Type.FINISHED);
    List<RunClosed> before = List.copyOf(harness.extractOutputValues());
    heard("p2", 0, ProducerState.Type.STARTED);
    heard("p2", 1, ProducerState.Type.FINISHED);

    assertThat(before).isEmpty();
    assertThat(harness.extractOutputValues()).containsExactly(new RunClosed(Records.RUN));
  }

  @Test
  void aPlanThatComesLastClosesItsRun() throws Exception {
    heard("p1", 1, ProducerState.Type.FINISHED);
    harness.processElement1(Records.plan(1), 0);
    harness.processElement1(Records.plan(1), 0);

    assertThat(harness.extractOutputValues()).containsExactly(new RunClosed(Records.RUN));
  }

  @Test
  void whoIsSilentIsLostOnce() throws Exception {
    harness.processElement1(Records.plan(1), 0);
    heard("p1", 4, ProducerState.Type.HEARTBEAT);
    harness.setProcessingTime(1_000 + SILENCE_MS - 1);
    List<ProducerState> early = lost();
    harness.setProcessingTime(1_000 + SILENCE_MS);
    harness.processElement2(lost().get(0), 0); // its own record comes back from the topic
    heard("p1", 4, ProducerState.Type.HEARTBEAT); // sent again
    harness.setProcessingTime(1_000 + 10 * SILENCE_MS);

    assertThat(early).isEmpty();
    assertThat(lost())
        .singleElement()
        .satisfies(
            state -> {
              assertThat(state.type()).isEqualTo(ProducerState.Type.LOST);
              assertThat(state.sequence()).isEqualTo(4);
              assertThat(state.reason()).isEqualTo("nothing was heard of it for 30 s");
              assertThat(state.sent())
                  .isEqualTo(Records.state("p1", 4, ProducerState.Type.HEARTBEAT).sent());
            });
    assertThat(harness.extractOutputValues()).containsExactly(new RunClosed(Records.RUN));
  }

  @Test
  void aHeartbeatRevives() throws Exception {
    harness.processElement1(Records.plan(1), 0);
    heard("p1", 4, ProducerState.Type.HEARTBEAT);
    harness.setProcessingTime(1_000 + SILENCE_MS);
    heard("p1", 5, ProducerState.Type.HEARTBEAT);
    heard("p1", 6, ProducerState.Type.FINISHED);

    assertThat(harness.extractOutputValues())
        .as("closed when lost, and again when finished")
        .containsExactly(new RunClosed(Records.RUN), new RunClosed(Records.RUN));
  }

  @Test
  void heartbeatsKeepAlive() throws Exception {
    for (int i = 0; i < 20; i++) {
      heard("p1", i, ProducerState.Type.HEARTBEAT);
      harness.setProcessingTime(1_000 + (i + 1) * SILENCE_MS / 2);
    }

    assertThat(lost()).isEmpty();
  }

  @Test
  void whoHasFinishedIsNeverLost() throws Exception {
    heard("p1", 4, ProducerState.Type.HEARTBEAT);
    heard("p1", 5, ProducerState.Type.FINISHED);
    heard("p1", 4, ProducerState.Type.HEARTBEAT);
    heard("p1", 6, ProducerState.Type.HEARTBEAT);
    harness.processElement1(Records.plan(1), 0);
    harness.setProcessingTime(1_000 + 3 * SILENCE_MS);

    assertThat(lost()).isEmpty();
    assertThat(harness.extractOutputValues()).containsExactly(new RunClosed(Records.RUN));
  }

  @Test
  void anOldRecordSaysNothing() throws Exception {
    harness.processElement1(Records.plan(1), 0);
    heard("p1", 7, ProducerState.Type.HEARTBEAT);
    heard("p1", 5, ProducerState.Type.FINISHED);
    heard("p1", 6, ProducerState.Type.LOST);

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void afterARestartThereIsTimeToBeHeard() throws Exception {
    harness.processElement1(Records.plan(1), 0);
    heard("p1", 4, ProducerState.Type.HEARTBEAT);
    var snapshot = harness.snapshot(1, 1);
    long restartedAt = 1_000 + 100 * SILENCE_MS;

    try (var restored = harness()) {
      restored.setProcessingTime(restartedAt);
      restored.initializeState(snapshot);
      restored.open();
      restored.setProcessingTime(restartedAt + 1);
      List<ProducerState> atOnce = lost(restored);
      restored.setProcessingTime(restartedAt + SILENCE_MS);
      List<ProducerState> soon = lost(restored);
      restored.setProcessingTime(restartedAt + 1 + SILENCE_MS);

      assertThat(atOnce).isEmpty();
      assertThat(soon).hasSizeLessThanOrEqualTo(1);
      assertThat(lost(restored)).hasSize(1);
      assertThat(restored.extractOutputValues()).containsExactly(new RunClosed(Records.RUN));
    }
  }

  private void heard(String producer, long sequence, ProducerState.Type type) throws Exception {
    harness.processElement2(Records.state(producer, sequence, type), 0);
  }

  private List<ProducerState> lost() {
    return lost(harness);
  }

  private static List<ProducerState> lost(
      KeyedTwoInputStreamOperatorTestHarness<String, RunPlan, ProducerState, RunClosed> harness) {
    List<ProducerState> lost = new ArrayList<>();
    var records = harness.getSideOutput(RunLifecycle.LOST);
    if (records != null) {
      records.forEach(record -> lost.add(record.getValue()));
    }
    return lost;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, RunPlan, ProducerState, RunClosed>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new RunLifecycle()),
        RunPlan::runId,
        ProducerState::runId,
        Types.STRING);
  }
}
