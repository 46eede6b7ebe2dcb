package io.evalstream.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both jobs go on from savepoints of an earlier build, as if it were the moment after: what the
 * serving job knew of a run is added to by the records that come after, and the store job does not
 * store again what it had stored.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class GoldenSavepointIT {

  @TempDir private Path directory;

  @Test
  void bothJobsGoOnFromSavepointsOfAnEarlierBuild() throws Exception {
    GoldenLog log = GoldenLog.read(GoldenSavepoint.LOG);
    long shiftMs = log.madeAtMs() - System.currentTimeMillis();
    String clock = ShiftedClock.jvmArgument(directory, shiftMs);
    try (FaultStack stack = FaultStack.withoutJobs(directory, List.of(clock))) {
      String kafka = stack.broker.bootstrapServers();
      GoldenLog.keepTimes(kafka);
      log.publishBefore(kafka);
      stack.nextEpoch(); // that of the earlier build
      stack.startServing(2, Optional.of(GoldenSavepoint.SERVING.toUri().toString()));
      stack.startStore(Optional.of(GoldenSavepoint.STORE.toUri().toString()));
      stack.awaitRunning();
      log.publishAfter(kafka, shiftMs);

      stack.awaitEqualToTheInput(List.of(GoldenSavepoint.CUT));
      assertThat(
              stack.rows(
                  "SELECT request_id FROM request_outcomes WHERE run_id = '%s'"
                      .formatted(GoldenSavepoint.STORED_BEFORE)))
          .isEmpty();
      assertThat(stack.flink.restores(stack.serving)).isEqualTo(1);
      assertThat(stack.flink.restores(stack.store)).isEqualTo(1);
    }
  }
}
