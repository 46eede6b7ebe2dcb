package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.done;
import static io.evalstream.loadgenerator.ScriptedServer.event;
import static io.evalstream.loadgenerator.ScriptedServer.streamHead;
import static io.evalstream.loadgenerator.ScriptedServer.usage;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.events.ProducerState;
import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.ConversationWorkload;
import io.evalstream.loadgenerator.plan.PlanEstimate;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.request.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations, whose turns carry all that was said before. */
@Timeout(60)
class ConversationsTest {

  private static final ConversationWorkload RANDOM =
      new ConversationWorkload(null, 7, 4, 5, 10, 6, Arrivals.UNLIMITED);

  /** Escapes, a surrogate pair in two chunks, Hangul: whatever a server may write. */
  private static final List<String> ANSWER =
      List.of("it\\n\\\"said\\\" ", "\\ud83d", "\\ude00 한", "글 \\u00e9\\/ \\\\");

  private static final String ANSWER_TEXT = "it\n\"said\" \ud83d\ude00 한글 é/ \\";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final RecordingPublisher published = new RecordingPublisher();

  @Test
  void aChatCarriesItsHistory() throws IOException {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              a.write(streamHead());
              for (String part : ANSWER) {
                a.write(event("{\"choices\":[{\"delta\":{\"content\":\"" + part + "\"}}]}"));
              }
              inFlight.decrementAndGet();
              a.write(usage(3, 4) + done());
            })) {
      LoadResult result = run(config(server, Backend.OPENAI_CHAT, 2));

      assertThat(result.status()).isEqualTo(ProducerState.Status.COMPLETED);
      assertThat(result.completed()).isEqualTo(28);
      assertThat(most.get()).isLessThanOrEqualTo(2);
      Map<String, List<String>> conversations =
          server.requests().stream()
              .map(ScriptedServer.Request::body)
              .collect(
                  Collectors.groupingBy(body -> json(body).at("/messages/0/content").asText()));
      assertThat(conversations).hasSize(7);
      for (List<String> turns : conversations.values()) {
        turns.sort(Comparator.comparingInt(String::length));
        for (int t = 0; t < 4; t++) {
          JsonNode messages = json(turns.get(t)).path("messages");
          assertThat(messages).hasSize(2 * t + 1);
          for (int m = 0; m < messages.size(); m++) {
            boolean answer = m % 2 == 1;
            assertThat(messages.get(m).path("role").asText())
                .isEqualTo(answer ? "assistant" : "user");
            if (answer) {
              assertThat(messages.get(m).path("content").asText()).isEqualTo(ANSWER_TEXT);
            } else {
              assertThat(messages.get(m).path("content").asText().split(" "))
                  .hasSize(m == 0 ? 15 : 10);
            }
          }
          if (t > 0) {
            assertThat(turns.get(t)).startsWith(history(turns.get(t - 1)));
          }
        }
      }
    }
  }

  @Test
  void aCompletionGetsOneGrowingText() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              a.write(streamHead());
              for (String part : ANSWER) {
                a.write(event("{\"choices\":[{\"text\":\"" + part + "\"}]}"));
              }
              a.write(usage(3, 4) + done());
            })) {
      run(config(server, Backend.VLLM, 1));

      List<String> prompts =
          server.requests().stream().map(q -> json(q.body()).path("prompt").asText()).toList();
      for (int i = 0; i < 28; i++) {
        if (i % 4 > 0) {
          assertThat(prompts.get(i)).startsWith(prompts.get(i - 1) + ANSWER_TEXT + "\n");
        }
      }
    }
  }

  @Test
  void turnsAreKnownDownstreamAndReported() throws IOException {
    try (ScriptedServer server = answering()) {
      LoadResult result = run(config(server, Backend.VLLM, 3));

      List<RequestOutcome> outcomes = published.events(RequestOutcome.class);
      assertThat(outcomes)
          .extracting(RequestOutcome::index)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 28).mapToObj(i -> (long) i).toList());
      assertThat(outcomes).allSatisfy(o -> assertThat((long) o.turn()).isEqualTo(o.index() % 4));
      Map<Long, RequestOutcome> byIndex =
          outcomes.stream().collect(Collectors.toMap(RequestOutcome::index, o -> o));
      for (RequestOutcome outcome : outcomes) {
        if (outcome.turn() > 0) {
          RequestOutcome before = byIndex.get(outcome.index() - 1);
          assertThat(outcome.scheduledAtUs()).isEqualTo(before.finishedAtUs());
          assertThat(outcome.sentAtUs()).isGreaterThanOrEqualTo(before.finishedAtUs());
        }
      }
      assertThat(result.turns()).hasSize(4).allSatisfy(t -> assertThat(t.count()).isEqualTo(7));
    }
  }

  @Test
  void aTurnThatFailsEndsItsConversation() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              if (asked.incrementAndGet() == 2) {
                a.write(ScriptedServer.json(500, "no", "{}"));
              } else {
                a.write(ScriptedServer.stream(2));
              }
            })) {
      LoadResult result = run(config(server, Backend.VLLM, 1));

      assertThat(result.status()).isEqualTo(ProducerState.Status.COMPLETED);
      assertThat(result.completed()).isEqualTo(25);
      assertThat(result.sent()).isEqualTo(26);
      assertThat(result.failures())
          .containsEntry(
              "It was not sent: the turn before it in its conversation was not answered", 2L);
      assertThat(
              published.events(RequestOutcome.class).stream()
                  .filter(o -> o.status() == RequestStatus.INCOMPLETE))
          .hasSize(2)
          .allSatisfy(o -> assertThat(o.sentAtUs()).isNull());
    }
  }

  @Test
  void shardsKeepConversationsWhole() {
    List<PlannedRequest> plan = RANDOM.plan(1);

    for (int shard = 0; shard < 3; shard++) {
      List<PlannedRequest> part = new Shard(shard, 3, null).of(plan);
      assertThat(part.size() % 4).isZero();
      assertThat(part.stream().filter(PlannedRequest::starts)).hasSize(part.size() / 4);
    }
  }

  @Test
  void conversationsOfAFileAreTakenWhole(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("s.json"),
            """
            [{"conversations": [{"from": "system", "value": "be kind"},
               {"from": "human", "value": "one"}, {"from": "gpt", "value": "first answer of it"},
               {"from": "human", "value": "two"}, {"from": "gpt", "value": "second"},
               {"from": "human", "value": "three"}]},
             {"conversations": [{"from": "gpt", "value": "nobody asked"}]},
             {"conversations": [{"from": "human", "value": "only"},
               {"from": "gpt", "value": "one"}]}]
            """);

    List<PlannedRequest> plan =
        new ConversationWorkload(file, 2, 5, 0, 1, null, Arrivals.UNLIMITED).plan(1);

    assertThat(plan)
        .extracting(PlannedRequest::turn)
        .containsExactly(turn(0, 0), turn(0, 1), turn(1, 0), turn(1, 1));
    assertThat(plan).extracting(PlannedRequest::maxOutputTokens).containsExactly(5, 2, 5, 2);
  }

  @Test
  void anEstimateKnowsThatTurnsFollowEachOther() {
    PlanEstimate estimate = PlanEstimate.of(RANDOM.plan(1), 7, new PlanEstimate.Pace(1000, 0));

    assertThat(estimate.durationSeconds()).isEqualTo(4);
  }

  @Test
  void badNumbersAreNamed() {
    assertThatThrownBy(() -> new ConversationWorkload(null, 1, 0, 0, 1, 1, Arrivals.UNLIMITED))
        .hasMessageContaining("multi-turn-num-turns is 0");
    assertThatThrownBy(() -> new ConversationWorkload(null, 1, 1, -1, 1, 1, Arrivals.UNLIMITED))
        .hasMessageContaining("multi-turn-prefix-len is -1");
  }

  private static PlannedRequest.Turn turn(int conversation, int number) {
    return new PlannedRequest.Turn(conversation, number);
  }

  private static ScriptedServer answering() {
    return ScriptedServer.completions((q, a) -> a.write(ScriptedServer.stream(2)));
  }

  private static LoadConfig config(ScriptedServer server, Backend backend, int concurrency) {
    return TestConfigs.config(server.url(), RANDOM, concurrency, PATIENT, backend, null, null);
  }

  private LoadResult run(LoadConfig config) {
    return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
        .run(config, ProgressListener.SILENT);
  }

  /** The body up to where its last message ends. */
  private static String history(String body) {
    return body.substring(0, body.indexOf("],\"max_completion_tokens\""));
  }

  private static JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
