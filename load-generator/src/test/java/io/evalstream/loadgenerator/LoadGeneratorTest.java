package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.done;
import static io.evalstream.loadgenerator.ScriptedServer.event;
import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.ScriptedServer.streamHead;
import static io.evalstream.loadgenerator.ScriptedServer.token;
import static io.evalstream.loadgenerator.ScriptedServer.usage;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.Event;
import io.evalstream.events.GeneratorHealth;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.events.RunPlan;
import io.evalstream.events.TokenTimings;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.request.Backend;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole runs against a scripted server. */
@Timeout(60)
class LoadGeneratorTest {

  private final RecordingPublisher published = new RecordingPublisher();
  private final LoadGenerator generator =
      new LoadGenerator(kafka -> published, Duration.ofSeconds(20));

  @Test
  void everyRequestOfThePlanEndsAsOneOutcome() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(5)))) {
      LoadResult result = run(config(server.url(), requests(40), 4, PATIENT));

      assertThat(result.status()).isEqualTo(ProducerState.Status.COMPLETED);
      assertThat(result.reason()).isNull();
      assertThat(result.completed()).isEqualTo(40);
      assertThat(result.failed()).isZero();
      assertThat(result.metrics().outputTokens()).isEqualTo(200);
      assertThat(result.metrics().inputTokens()).isEqualTo(40 * 7);
      assertThat(result.metrics().ttft().count()).isEqualTo(40);
      assertThat(result.metrics().itl().count()).isEqualTo(160);
      assertThat(result.metrics().outputThroughput()).isPositive();

      List<RequestOutcome> outcomes = published.events(RequestOutcome.class);
      assertThat(outcomes)
          .extracting(RequestOutcome::index)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 40).mapToObj(i -> (long) i).toList());
      assertThat(outcomes).extracting(RequestOutcome::requestId).doesNotHaveDuplicates();
      assertThat(outcomes)
          .allSatisfy(
              outcome -> {
                assertThat(outcome.status()).isEqualTo(RequestStatus.OK);
                assertThat(outcome.httpStatus()).isEqualTo(200);
                assertThat(outcome.error()).isNull();
                assertThat(outcome.outputTokens()).isEqualTo(5);
                assertThat(outcome.chunks()).isEqualTo(5);
                assertThat(outcome.promptTokens()).isEqualTo(7);
                assertThat(outcome.sentAtUs()).isGreaterThanOrEqualTo(outcome.scheduledAtUs());
                assertThat(outcome.firstTokenAtUs()).isGreaterThanOrEqualTo(outcome.sentAtUs());
                assertThat(outcome.lastTokenAtUs())
                    .isGreaterThanOrEqualTo(outcome.firstTokenAtUs());
                assertThat(outcome.finishedAtUs()).isGreaterThanOrEqualTo(outcome.lastTokenAtUs());
              });
      assertThat(
              published.events(TokenTimings.class).stream()
                  .mapToLong(TokenTimings::tokenCount)
                  .sum())
          .isEqualTo(200);
    }
  }

  @Test
  void theRunIsAnnouncedAndEnded() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      LoadResult result = run(config(server.url(), requests(3), 1, PATIENT));

      RunPlan plan = published.events(RunPlan.class).get(0);
      assertThat(plan.runId()).isEqualTo(result.runId()).matches("20\\d{6}-\\d{6}-[0-9a-f]{4}");
      assertThat(plan.model()).isEqualTo("m");
      assertThat(plan.scenarios().get(0).plannedItems()).isEqualTo(3);
      assertThat(plan.scenarios().get(0).parameters()).containsEntry("max-concurrency", "1");
      List<ProducerState> states = published.events(ProducerState.class);
      assertThat(states.get(0).type()).isEqualTo(ProducerState.Type.STARTED);
      ProducerState last = states.get(states.size() - 1);
      assertThat(last.status()).isEqualTo(ProducerState.Status.COMPLETED);
      assertThat(last.producerId()).isEqualTo(result.producerId()).startsWith("generator-");
      assertThat(last.sent()).doesNotContainKey("runs");
      assertThat(last.sent().get("request-outcomes").records()).isEqualTo(3);
      assertThat(published.events(GeneratorHealth.class))
          .extracting(GeneratorHealth::requestsSent)
          .satisfies(
              sent -> assertThat(sent.stream().mapToLong(Long::longValue).sum()).isEqualTo(3));
      assertThat(published.events(Event.class).get(0)).isInstanceOf(RunPlan.class);
      assertThat(last).isSameAs(lastEvent());
    }
  }

  @Test
  void aClosedLoopKeepsItsConcurrencyAndItsConnections() throws IOException {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              a.write(streamHead()).write(token("a")).write(usage(1, 1));
              inFlight.decrementAndGet();
              a.write(done());
            })) {
      LoadResult result = run(config(server.url(), requests(60), 3, PATIENT));

      assertThat(result.completed()).isEqualTo(60);
      assertThat(most.get()).isLessThanOrEqualTo(3);
      long connections =
          server.requests().stream()
              .mapToInt(ScriptedServer.Request::connection)
              .distinct()
              .count();
      assertThat(connections).isLessThan(30);
    }
  }

  @Test
  void aCapWithARateKeepsTheIntendedStarts() throws Exception {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(2)))) {
      RandomWorkload workload =
          new RandomWorkload(20, 4, 2, 0, new Arrivals(1000, Arrivals.Spacing.CONSTANT));
      LoadResult result = run(config(server.url(), workload, 1, PATIENT));

      assertThat(result.completed()).isEqualTo(20);
      List<Long> scheduled =
          published.events(RequestOutcome.class).stream()
              .sorted((a, b) -> Long.compare(a.index(), b.index()))
              .map(RequestOutcome::scheduledAtUs)
              .toList();
      for (int i = 1; i < scheduled.size(); i++) {
        assertThat(scheduled.get(i) - scheduled.get(i - 1)).isBetween(999L, 1001L);
      }
      assertThat(result.metrics().ttftFromIntendedStart().meanMs())
          .isGreaterThanOrEqualTo(result.metrics().ttft().meanMs());
    }
  }

  @Test
  void theBodyIsWhatWasPlanned() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      run(config(server.url(), requests(1), null, PATIENT, Backend.VLLM, "m", "secret"));

      ScriptedServer.Request request = server.requests().get(0);
      assertThat(request.path()).isEqualTo("/v1/completions");
      assertThat(request.headers()).containsEntry("Authorization", "Bearer secret");
      assertThat(request.headers().get("X-Request-Id")).endsWith("-0");
      assertThat(request.body()).contains("\"max_tokens\":8").contains("\"prompt\":[");
    }
  }

  /** Some servers of OpenAI's API refuse a request whose id is no UUID. */
  @Test
  void onlyVllmIsToldTheIdOfARequest() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              if (q.headers().containsKey("X-Request-Id")) {
                a.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
              } else {
                a.write(stream(1));
              }
            })) {
      for (Backend backend : Backend.values()) {
        LoadResult result =
            run(config(server.url(), requests(1), null, PATIENT, backend, "m", null));

        assertThat(result.completed()).isEqualTo(backend == Backend.VLLM ? 0 : 1);
      }
    }
  }

  @Test
  void tokensPerChunkComeFromTheContinuousUsage() throws IOException {
    String text =
        "{\"choices\":[{\"text\":\"x\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":%d}}";
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) ->
                a.write(
                    streamHead()
                        + event(text.formatted(1))
                        + event(text.formatted(4))
                        + event(text.formatted(5))
                        + usage(9, 6)
                        + done()))) {
      run(config(server.url(), requests(1), null, PATIENT));

      assertThat(published.events(TokenTimings.class).get(0).tokens()).containsExactly(1, 3, 1);
      RequestOutcome outcome = published.events(RequestOutcome.class).get(0);
      assertThat(outcome.outputTokens()).isEqualTo(6);
      assertThat(outcome.chunks()).isEqualTo(3);
    }
  }

  @Test
  void aChatsRoleIsAChunkWithoutToken() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) ->
                a.write(
                    streamHead()
                        + event(
                            "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}")
                        + event("{\"choices\":[{\"delta\":{\"content\":\"a\"}}]}")
                        + event(
                            "{\"choices\":[{\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}")
                        + done()))) {
      run(config(server.url(), requests(1), null, PATIENT, Backend.OPENAI_CHAT, null, null));

      assertThat(server.requests().get(0).path()).isEqualTo("/v1/chat/completions");
      assertThat(published.events(TokenTimings.class).get(0).tokens()).containsExactly(0, 1, 1);
      RequestOutcome outcome = published.events(RequestOutcome.class).get(0);
      assertThat(outcome.chunks()).isEqualTo(3);
      assertThat(outcome.outputTokens()).isEqualTo(2);
      assertThat(outcome.finishReason()).isEqualTo("stop");
    }
  }

  @Test
  void aLongAnswerIsPublishedInParts() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(150)))) {
      run(config(server.url(), requests(1), null, PATIENT));

      List<TokenTimings> parts = published.events(TokenTimings.class);
      assertThat(parts).extracting(TokenTimings::chunkIndex).startsWith(0, 64, 128);
      assertThat(parts.stream().mapToInt(TokenTimings::chunks).sum()).isEqualTo(150);
      RequestOutcome outcome = published.events(RequestOutcome.class).get(0);
      long gaps = parts.stream().flatMapToInt(p -> IntStream.of(p.gapsUs())).asLongStream().sum();
      assertThat(gaps).isEqualTo(outcome.lastTokenAtUs() - outcome.firstTokenAtUs());
      assertThat(outcome.maxGapUs()).isLessThanOrEqualTo(gaps);
    }
  }

  @Test
  void waitingChunksArePublishedBeforeTheAnswerEnds() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    RecordingPublisher records = new RecordingPublisher();
    LoadGenerator watched =
        new LoadGenerator(
            kafka ->
                new WatchingPublisher(
                    records,
                    event -> {
                      if (event instanceof TokenTimings) {
                        seen.countDown();
                      }
                    }),
            Duration.ZERO);
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              a.write(streamHead()).write(token("a"));
              await(seen);
              a.write(token("b") + done());
            })) {
      LoadResult result =
          watched.run(config(server.url(), requests(1), null, PATIENT), ProgressListener.SILENT);

      assertThat(result.completed()).isEqualTo(1);
      assertThat(records.events(TokenTimings.class))
          .extracting(TokenTimings::chunkIndex)
          .containsExactly(0, 1);
    }
  }

  @Test
  void theReadsDoNotChangeWhatIsCounted() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              for (char c : stream(3).toCharArray()) {
                a.write(String.valueOf(c));
              }
            })) {
      LoadResult result = run(config(server.url(), requests(2), 1, PATIENT));

      assertThat(result.completed()).isEqualTo(2);
      assertThat(result.metrics().itl().count()).isEqualTo(4);
    }
  }

  @Test
  void aConnectionThatWentStaleIsReplaced() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              if (requests.incrementAndGet() == 2) {
                a.close();
              } else {
                a.write(stream(2));
              }
            })) {
      LoadResult result = run(config(server.url(), requests(3), 1, PATIENT));

      // whether the second request met its connection before or after it was closed
      assertThat(result.completed()).isEqualTo(3);
      assertThat(published.events(RequestOutcome.class)).hasSize(3);
    }
  }

  @Test
  void progressIsToldAndAnExceptionOfTheListenerChangesNothing() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    ProgressListener broken =
        new ProgressListener() {
          @Override
          public void started(String runId, String model, long planned) {
            throw new IllegalStateException("no terminal");
          }

          @Override
          public void progress(Progress progress) {
            calls.incrementAndGet();
            assertThat(progress.planned()).isEqualTo(2);
          }
        };
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(2)))) {
      LoadResult result = generator.run(config(server.url(), requests(2), 1, PATIENT), broken);

      assertThat(result.completed()).isEqualTo(2);
      assertThat(calls.get()).isPositive();
    }
  }

  @Test
  void anAbortStopsSendingAndLetsWhatIsInFlightEnd() throws Exception {
    CountDownLatch aborted = new CountDownLatch(1);
    CountDownLatch inFlight = new CountDownLatch(2);
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              a.write(streamHead() + token("a"));
              inFlight.countDown();
              await(aborted);
              a.write(done());
            })) {
      Thread stopper =
          new Thread(
              () -> {
                await(inFlight);
                generator.abort();
                aborted.countDown();
              });
      stopper.start();
      LoadResult result = run(config(server.url(), requests(1000), 2, PATIENT));
      stopper.join();

      assertThat(result.status()).isEqualTo(ProducerState.Status.ABORTED);
      assertThat(result.reason()).contains("of 1000 requests");
      assertThat(result.completed()).isEqualTo(result.sent()).isLessThan(1000);
      assertThat(published.events(RequestOutcome.class)).hasSize((int) result.sent());
      ProducerState last = (ProducerState) lastEvent();
      assertThat(last.status()).isEqualTo(ProducerState.Status.ABORTED);
      assertThat(last.sent().get("request-outcomes").records()).isEqualTo(result.sent());
    }
  }

  @Test
  void anAbortGivesUpWhatDoesNotEnd() throws Exception {
    CountDownLatch inFlight = new CountDownLatch(3);
    LoadGenerator impatient = new LoadGenerator(kafka -> published, Duration.ZERO);
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              a.write(streamHead() + token("a"));
              inFlight.countDown();
              a.stall();
            })) {
      Thread stopper =
          new Thread(
              () -> {
                await(inFlight);
                impatient.abort();
              });
      stopper.start();
      LoadResult result =
          impatient.run(config(server.url(), requests(9), 3, PATIENT), ProgressListener.SILENT);
      stopper.join();

      assertThat(result.status()).isEqualTo(ProducerState.Status.ABORTED);
      assertThat(result.ended()).containsEntry(RequestStatus.INCOMPLETE, 3L);
      assertThat(published.events(RequestOutcome.class))
          .hasSize(3)
          .extracting(RequestOutcome::error)
          .containsOnly("The run was stopped before the answer was complete");
    }
  }

  @Test
  void recordsThatKafkaDidNotTakeMakeTheRunFail() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(2)))) {
      LoadGenerator lossy =
          new LoadGenerator(kafka -> new LossyPublisher(published), Duration.ZERO);
      LoadResult result =
          lossy.run(config(server.url(), requests(2), 1, PATIENT), ProgressListener.SILENT);

      assertThat(result.completed()).isEqualTo(2);
      assertThat(result.status()).isEqualTo(ProducerState.Status.FAILED);
      assertThat(result.reason()).isEqualTo("Kafka did not take 2 records");
      assertThat(((ProducerState) lastEvent()).status()).isEqualTo(ProducerState.Status.FAILED);
    }
  }

  @Test
  void anAbortBeforeTheStartSendsNothing() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      generator.abort();
      LoadResult result = run(config(server.url(), requests(10), 1, PATIENT));

      assertThat(result.status()).isEqualTo(ProducerState.Status.ABORTED);
      assertThat(result.completed()).isEqualTo(result.sent());
      assertThat(server.requests().size()).isLessThan(10);
    }
  }

  private LoadResult run(LoadConfig config) {
    return generator.run(config, ProgressListener.SILENT);
  }

  private Event lastEvent() {
    List<Event> events = published.events(Event.class);
    return events.get(events.size() - 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
