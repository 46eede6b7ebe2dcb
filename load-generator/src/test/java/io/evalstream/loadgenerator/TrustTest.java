package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.ProducerState;
import io.evalstream.loadgenerator.health.Trust;
import io.evalstream.loadgenerator.health.Trust.Cause;
import io.evalstream.loadgenerator.publish.EventPublisher;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether a run says that it is not to be trusted. */
@Timeout(60)
class TrustTest {

  @Test
  void recordsThatWereLostAreAReason() throws IOException {
    Trust trust = run(new LossyPublisher(new RecordingPublisher()), ProgressListener.SILENT);

    assertThat(trust.trusted()).isFalse();
    assertThat(trust.reasons())
        .filteredOn(reason -> reason.cause() == Cause.DROPPED_RECORDS)
        .singleElement()
        .satisfies(reason -> assertThat(reason.sentence()).startsWith("3 records were not"));
  }

  @Test
  void answersThatComeInOnePieceAreAReasonAndProgressShowsIt() throws IOException {
    AtomicReference<Progress> last = new AtomicReference<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void started(String runId, String model, long planned) {}

          @Override
          public void progress(Progress progress) {
            last.set(progress);
          }
        };
    RecordingPublisher published = new RecordingPublisher();
    Trust trust = run(published, listener);

    assertThat(trust.reasons())
        .filteredOn(reason -> reason.cause() == Cause.COALESCED_CHUNKS)
        .singleElement()
        .satisfies(reason -> assertThat(reason.wholeRun()).isTrue());
    assertThat(last.get().trust()).isEqualTo(trust);
    assertThat(published.events(GeneratorHealth.class))
        .isNotEmpty()
        .allSatisfy(second -> assertThat(second.doubts()).isNotNull());
    assertThat(published.events(ProducerState.class))
        .allSatisfy(
            state ->
                assertThat(state.doubts())
                    .isEqualTo(
                        state.type() == ProducerState.Type.FINISHED ? trust.doubts() : null));
    assertThat(trust.doubts()).isNotEmpty();
  }

  @Test
  void theBurstThatFillsAClosedLoopIsNotLate() throws IOException {
    Trust trust = run(new RecordingPublisher(), ProgressListener.SILENT, 3);

    assertThat(trust.reasons()).extracting(Trust.Reason::cause).doesNotContain(Cause.LATE_SENDS);
  }

  private static Trust run(EventPublisher publisher, ProgressListener listener) throws IOException {
    return run(publisher, listener, 1);
  }

  private static Trust run(EventPublisher publisher, ProgressListener listener, int concurrency)
      throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(100)))) {
      return new LoadGenerator(kafka -> publisher, Duration.ofSeconds(20))
          .run(config(server.url(), requests(3), concurrency, PATIENT), listener)
          .trust();
    }
  }
}
