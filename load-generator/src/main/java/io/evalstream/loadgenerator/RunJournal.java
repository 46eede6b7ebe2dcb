package io.evalstream.loadgenerator;

import io.evalstream.events.Event;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RunKind;
import io.evalstream.events.RunPlan;
import io.evalstream.events.Topic;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.measure.RunClock;
import io.evalstream.loadgenerator.publish.EventPublisher;
import io.evalstream.statistics.grade.GradeScale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what becomes of the run and of this producer to topic {@code runs}. */
final class RunJournal {

  private final String runId;
  private final String producerId;
  private final RunClock clock;
  private final int shard;
  private final EventPublisher publisher;

  RunJournal(String runId, String producerId, RunClock clock, int shard, EventPublisher publisher) {
    this.shard = shard;
    this.runId = runId;
    this.producerId = producerId;
    this.clock = clock;
    this.publisher = publisher;
  }

  void plan(RunSetup setup) {
    LoadConfig config = setup.config();
    RunPlan.Blocks blocks = setup.blocks();
    RunDescription run = config.run();
    long atUs = clock.nowUs();
    publisher.publish(
        Topic.RUNS,
        runId,
        sequence ->
            new RunPlan(
                Event.SCHEMA_VERSION,
                runId,
                producerId,
                sequence,
                atUs,
                config.against() == null ? RunKind.LOAD : RunKind.AB,
                setup.model(),
                run.release(),
                run.imageDigest(),
                run.environment(),
                List.of(
                    new RunPlan.PlannedScenario(
                        run.scenario(),
                        setup.wholePlan() * setup.servers().size(),
                        config.parameters(),
                        blocks,
                        slo(run.scale()))),
                config.shard().count(),
                run.seed(),
                run.baselineId(),
                run.labels()));
  }

  private static RunPlan.Slo slo(GradeScale scale) {
    if (scale == null) {
      return null;
    }
    return new RunPlan.Slo(
        scale.letters(),
        scale.bounds().entrySet().stream()
            .map(bounds -> new RunPlan.Bounds(bounds.getKey().text(), bounds.getValue()))
            .toList());
  }

  void started() {
    state(ProducerState.Type.STARTED, null, null, publisher.acknowledged(), null);
  }

  void heartbeat() {
    state(ProducerState.Type.HEARTBEAT, null, null, publisher.acknowledged(), null);
  }

  void finished(ProducerState.Status status, String reason, Trust trust) {
    // what still waits in a file is sent before this record, which waits behind it
    state(ProducerState.Type.FINISHED, status, reason, publisher.accepted(), trust.doubts());
  }

  private void state(
      ProducerState.Type type,
      ProducerState.Status status,
      String reason,
      Map<String, ProducerState.SentCount> published,
      List<String> doubts) {
    long atUs = clock.nowUs();
    Map<String, ProducerState.SentCount> sent = new LinkedHashMap<>(published);
    sent.remove(Topic.RUNS.text());
    publisher.publish(
        Topic.RUNS,
        runId,
        sequence ->
            new ProducerState(
                Event.SCHEMA_VERSION,
                runId,
                producerId,
                sequence,
                atUs,
                type,
                status,
                reason,
                sent,
                shard,
                doubts));
  }
}
