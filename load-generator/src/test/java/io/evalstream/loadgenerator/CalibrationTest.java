package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.json;
import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evalstream.loadgenerator.Calibration.ScheduleError;
import io.evalstream.loadgenerator.Calibration.Truth;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CalibrationTest {

  private static final Truth TRUTH = new Truth(Duration.ofSeconds(100), Duration.ofSeconds(10));

  @Test
  void theDistanceFromTheTruthIsTold() throws IOException {
    Calibration calibration =
        calibrate(
            json(
                200,
                "OK",
                "{\"count\":9,\"p50_us\":1.5,\"p99_us\":20,\"max_us\":300,\"held_back\":2}"));

    // the scripted server answers at once
    assertThat(calibration.ttftBiasMs()).isBetween(-100_000.0, -50_000.0);
    assertThat(calibration.ttftError().medianMs())
        .isCloseTo(-calibration.ttftBiasMs(), within(1e-6));
    assertThat(calibration.gapError().count()).isEqualTo(9);
    assertThat(calibration.gapError().meanMs()).isCloseTo(-calibration.gapBiasMs(), within(1e-6));
    assertThat(calibration.server()).isEqualTo(new ScheduleError(9, 1.5, 20, 300, 2));
    assertThat(calibration.result().completed()).isEqualTo(3);
  }

  @Test
  void aServerThatDoesNotTellIsCalibratedAgainstToo() throws IOException {
    assertThat(calibrate(json(404, "Not Found", "{}")).server()).isNull();
    assertThat(calibrate(json(200, "OK", "[]")).server()).isNull();
    assertThat(calibrate(json(200, "OK", "nonsense")).server()).isNull();
  }

  @Test
  void nothingIsPublished() {
    assertThatThrownBy(
            () ->
                Calibration.run(
                    new LoadGenerator(),
                    config("http://127.0.0.1:1", requests(1), 1, PATIENT),
                    TRUTH,
                    ProgressListener.SILENT))
        .hasMessageContaining("publishes nothing");
  }

  private static Calibration calibrate(String scheduleError) throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> a.write(q.path().equals("/schedule_error") ? scheduleError : stream(4)))) {
      LoadConfig config = config(server.url(), requests(3), 1, PATIENT);
      LoadConfig silent =
          new LoadConfig(
              config.endpoint(),
              config.workload(),
              config.maxConcurrency(),
              config.request(),
              config.timeouts(),
              config.run(),
              null);
      return Calibration.run(new LoadGenerator(), silent, TRUTH, ProgressListener.SILENT);
    }
  }
}
