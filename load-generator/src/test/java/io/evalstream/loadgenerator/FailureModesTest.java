package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.chunk;
import static io.evalstream.loadgenerator.ScriptedServer.done;
import static io.evalstream.loadgenerator.ScriptedServer.event;
import static io.evalstream.loadgenerator.ScriptedServer.json;
import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.ScriptedServer.streamHead;
import static io.evalstream.loadgenerator.ScriptedServer.token;
import static io.evalstream.loadgenerator.TestConfigs.LONG;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.events.RequestOutcome;
import io.evalstream.events.RequestStatus;
import io.evalstream.loadgenerator.ScriptedServer.Script;
import io.evalstream.loadgenerator.measure.FailureLog;
import io.evalstream.loadgenerator.measure.Timeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way in which a request can fail, and what is said of it. */
@Timeout(60)
class FailureModesTest {

  private static final Duration SHORT = Duration.ofMillis(150);

  private final RecordingPublisher published = new RecordingPublisher();

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(
            "an error status with JSON",
            (q, a) ->
                a.write(
                    json(500, "Oops", "{\"error\":{\"message\":\"engine\\ndead\",\"code\":500}}")),
            RequestStatus.HTTP_ERROR,
            500,
            "The server answered 500: engine dead"),
        failure(
            "an error status of FastAPI",
            (q, a) -> a.write(json(404, "Not Found", "{\"detail\":\"Not Found\"}")),
            RequestStatus.HTTP_ERROR,
            404,
            "The server answered 404: Not Found"),
        failure(
            "an error status without a body",
            (q, a) -> a.write("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"),
            RequestStatus.HTTP_ERROR,
            503,
            "The server answered 503"),
        failure(
            "an error status that is cut",
            (q, a) -> {
              a.write("HTTP/1.1 429 Slow\r\nContent-Length: 50\r\n\r\n{");
              a.close();
            },
            RequestStatus.HTTP_ERROR,
            429,
            "The server answered 429"),
        failure(
            "a redirect",
            (q, a) ->
                a.write("HTTP/1.1 307 Elsewhere\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"),
            RequestStatus.HTTP_ERROR,
            307,
            "The server answered 307"),
        failure(
            "200 with an error body",
            (q, a) -> a.write(json(200, "OK", "{\"object\":\"error\",\"message\":\"no\"}")),
            RequestStatus.HTTP_ERROR,
            200,
            "The server answered with an error: no"),
        failure(
            "200 with JSON and no stream",
            (q, a) -> a.write(json(200, "OK", "{\"choices\":[{\"text\":\"a\"}]}")),
            RequestStatus.INCOMPLETE,
            200,
            "The server answered without a stream"),
        failure(
            "an error in the stream",
            (q, a) ->
                a.write(
                    streamHead()
                        + token("a")
                        + event("{\"error\":{\"message\":\"out of memory\"}}")
                        + done()),
            RequestStatus.HTTP_ERROR,
            200,
            "The server reported an error in the stream: out of memory"),
        failure(
            "closed without an answer",
            (q, a) -> a.close(),
            RequestStatus.INCOMPLETE,
            null,
            "The server closed the connection without answering"),
        failure(
            "cut in mid-stream",
            (q, a) -> {
              a.write(streamHead() + token("a") + "20\r\ndata: {");
              a.close();
            },
            RequestStatus.INCOMPLETE,
            200,
            "The server closed the connection before the answer was complete"),
        failure(
            "no [DONE]",
            (q, a) -> a.write(streamHead() + token("a") + "0\r\n\r\n"),
            RequestStatus.INCOMPLETE,
            200,
            "The stream ended without [DONE]"),
        failure(
            "[DONE] after a chunk that only names the role",
            (q, a) ->
                a.write(
                    streamHead()
                        + event(
                            "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}")
                        + event("{\"choices\":[],\"usage\":{\"completion_tokens\":0}}")
                        + done()),
            RequestStatus.INCOMPLETE,
            200,
            "The stream ended without any token"),
        failure(
            "[DONE] and no token",
            (q, a) -> a.write(streamHead() + done()),
            RequestStatus.INCOMPLETE,
            200,
            "The stream ended without any token"),
        failure(
            "an event that is no JSON",
            (q, a) -> a.write(streamHead() + token("a") + event("{\"choices\":[") + done()),
            RequestStatus.INCOMPLETE,
            200,
            "An event of the stream is no valid JSON"),
        failure(
            "no HTTP",
            (q, a) -> a.write("SSH-2.0-OpenSSH_9.6 is not what you want\r\n\r\n"),
            RequestStatus.INCOMPLETE,
            null,
            "The response cannot be read: it does not begin as HTTP/1.1 does"),
        failure(
            "a broken chunk",
            (q, a) -> a.write(streamHead() + token("a") + "zz\r\n"),
            RequestStatus.INCOMPLETE,
            200,
            "The response cannot be read: a chunk does not begin with its length"),
        failure(
            "a chunk that is longer than it says",
            (q, a) -> a.write(streamHead() + "2\r\n: abc\r\n"),
            RequestStatus.INCOMPLETE,
            200,
            "The response cannot be read: a chunk is longer than it says"),
        failure(
            "a length that is none",
            (q, a) -> a.write("HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n"),
            RequestStatus.INCOMPLETE,
            null,
            "The response cannot be read: its Content-Length is no number"),
        failure(
            "headers without end",
            (q, a) -> endless(a, "HTTP/1.1 200 OK\r\n", "X-More: of the same\r\n"),
            RequestStatus.INCOMPLETE,
            null,
            "The response cannot be read: its head has more than 1000 lines"),
        failure(
            "a header without end",
            (q, a) -> endless(a, "HTTP/1.1 200 OK\r\nX-More: ", "of the same "),
            RequestStatus.INCOMPLETE,
            null,
            "The response cannot be read: a line of its head is longer than 64 KiB"),
        failure(
            "headers without end behind the body",
            (q, a) -> endless(a, streamHead() + token("a") + "0\r\n", "X-More: x\r\n"),
            RequestStatus.INCOMPLETE,
            200,
            "The response cannot be read: it ends with more than 1000 lines of headers"),
        failure(
            "a line without end",
            (q, a) -> endless(a, streamHead(), chunk("x".repeat(10_000))),
            RequestStatus.INCOMPLETE,
            200,
            "A line of the stream is longer than 4 MiB"),
        failure(
            "an error without end",
            (q, a) -> endless(a, "HTTP/1.1 502 Bad\r\n\r\n", "<p>of the same</p>"),
            RequestStatus.HTTP_ERROR,
            502,
            "The server answered 502"),
        failure(
            "a page of a gateway",
            (q, a) -> {
              a.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<p>");
              a.close();
            },
            RequestStatus.INCOMPLETE,
            200,
            "The stream ended without [DONE]"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void isToldAsWhatItIs(
      String name, Script script, RequestStatus status, Integer httpStatus, String sentence)
      throws IOException {
    try (ScriptedServer server = ScriptedServer.completions(script)) {
      LoadResult result = run(config(server.url(), requests(3), 1, PATIENT));

      assertThat(published.events(RequestOutcome.class))
          .hasSize(3)
          .allSatisfy(
              outcome -> {
                assertThat(outcome.status()).isEqualTo(status);
                assertThat(outcome.httpStatus()).isEqualTo(httpStatus);
                assertThat(outcome.error()).isEqualTo(published(status, sentence));
              });
      assertThat(result.ended()).containsEntry(status, 3L);
      assertThat(result.failed()).isEqualTo(3);
      assertThat(result.failures()).containsEntry(sentence, 3L);
      assertThat(result.metrics().ttft().count()).isZero();
      assertThat(result.metrics().itl().count()).isZero();
    }
  }

  /** The server's own words are told here alone: they may repeat the prompt. */
  private static String published(RequestStatus status, String sentence) {
    return status == RequestStatus.HTTP_ERROR ? sentence.replaceFirst(": .*", "") : sentence;
  }

  @Test
  void aResetIsIncomplete() throws IOException {
    RequestOutcome outcome =
        only(
            (q, a) -> {
              a.write(streamHead() + token("a"));
              a.reset();
            },
            PATIENT);

    assertThat(outcome.status()).isEqualTo(RequestStatus.INCOMPLETE);
    assertThat(outcome.error()).contains("before the answer was complete");
  }

  @Test
  void theFirstTokenMayNotTakeTooLong() throws IOException {
    RequestOutcome outcome =
        only((q, a) -> a.write(streamHead()).stall(), new Timeouts(LONG, SHORT, LONG, LONG));

    assertThat(outcome.status()).isEqualTo(RequestStatus.TIMEOUT);
    assertThat(outcome.error()).isEqualTo("The time limit of 0.15 s for the first token ran out");
    assertThat(outcome.firstTokenAtUs()).isNull();
  }

  @Test
  void theNextTokenMayNotTakeTooLong() throws IOException {
    RequestOutcome outcome =
        only(
            (q, a) -> a.write(streamHead() + token("a")).stall(),
            new Timeouts(LONG, LONG, SHORT, LONG));

    assertThat(outcome.status()).isEqualTo(RequestStatus.TIMEOUT);
    assertThat(outcome.error()).isEqualTo("The time limit of 0.15 s for the next token ran out");
    assertThat(outcome.chunks()).isEqualTo(1);
  }

  @Test
  void signsOfLifeAreNoTokens() throws IOException {
    RequestOutcome outcome =
        only(
            (q, a) -> endless(a, streamHead() + token("a"), chunk(": still here\n\n")),
            new Timeouts(LONG, LONG, SHORT, LONG));

    assertThat(outcome.status()).isEqualTo(RequestStatus.TIMEOUT);
    assertThat(outcome.error()).isEqualTo("The time limit of 0.15 s for the next token ran out");
  }

  @Test
  void manyReasonsAreCountedTogether() throws IOException {
    AtomicInteger number = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) ->
                a.write(json(500, "Oops", "{\"detail\":\"" + number.incrementAndGet() + "\"}")))) {
      LoadResult result = run(config(server.url(), requests(25), 1, PATIENT));

      assertThat(result.failures()).hasSize(11).containsEntry(FailureLog.OTHERS, 15L);
    }
  }

  @Test
  void theWholeMayNotTakeTooLong() throws IOException {
    RequestOutcome outcome = only((q, a) -> a.stall(), new Timeouts(LONG, LONG, LONG, SHORT));

    assertThat(outcome.status()).isEqualTo(RequestStatus.TIMEOUT);
    assertThat(outcome.error()).isEqualTo("The time limit of 0.15 s for the whole request ran out");
  }

  @Test
  void aServerThatGoesAwayIsAConnectError() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      LoadGenerator generator = new LoadGenerator(kafka -> published, Duration.ofSeconds(20));
      LoadResult result =
          generator.run(config(server.url(), requests(2), 1, PATIENT), new ClosedFirst(server));

      assertThat(result.ended()).containsEntry(RequestStatus.CONNECT_ERROR, 2L);
      RequestOutcome outcome = published.events(RequestOutcome.class).get(0);
      assertThat(outcome.error())
          .isEqualTo("No connection could be made: the server refuses connections");
      assertThat(outcome.sentAtUs()).isNull();
      assertThat(outcome.httpStatus()).isNull();
    }
  }

  @Test
  void whatComesAfterDoneIsIgnoredAndTheConnectionNotReused() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) ->
                a.write(
                    streamHead()
                        + token("a")
                        + chunk("data: [DONE]\n\n")
                        + token("b")
                        + "0\r\n\r\n"))) {
      LoadResult result = run(config(server.url(), requests(3), 1, PATIENT));

      assertThat(result.completed()).isEqualTo(3);
      assertThat(published.events(RequestOutcome.class))
          .extracting(RequestOutcome::chunks)
          .containsOnly(1L);
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::connection)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void anAnswerThatIsEmptyByTheServersOwnAccountIsOk() throws IOException {
    RequestOutcome outcome =
        only(
            (q, a) ->
                a.write(
                    streamHead()
                        + event("{\"choices\":[{\"text\":\"\",\"finish_reason\":\"stop\"}]}")
                        + done()),
            PATIENT);

    assertThat(outcome.status()).isEqualTo(RequestStatus.OK);
    assertThat(outcome.outputTokens()).isZero();
  }

  @Test
  void aBodyThatNeverEndsAfterDoneIsOk() throws IOException {
    RequestOutcome outcome =
        only(
            (q, a) -> a.write(streamHead() + token("a") + chunk("data: [DONE]\n\n")).stall(),
            PATIENT);

    assertThat(outcome.status()).isEqualTo(RequestStatus.OK);
  }

  @Test
  void aBodyThatEndsWithTheConnectionIsRead() throws IOException {
    RequestOutcome outcome =
        only(
            (q, a) -> {
              a.write(
                  "HTTP/1.0 200 OK\r\n\r\ndata: {\"choices\":[{\"text\":\"a\"}]}\n\ndata: [DONE]");
              a.close();
            },
            PATIENT);

    assertThat(outcome.status()).isEqualTo(RequestStatus.OK);
  }

  @Test
  void failuresDoNotTouchTheOthers() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.completions(
            (q, a) -> {
              if (q.headers().get("X-Request-Id").endsWith("3")) {
                a.write(json(500, "Oops", "{}"));
              } else {
                a.write(stream(4));
              }
            })) {
      LoadResult result = run(config(server.url(), requests(10), 2, PATIENT));

      assertThat(result.completed()).isEqualTo(9);
      assertThat(result.metrics().itl().count()).isEqualTo(27);
      assertThat(result.failures()).containsExactly(Map.entry("The server answered 500", 1L));
    }
  }

  private static void endless(ScriptedServer.Reply reply, String beginning, String more)
      throws IOException {
    reply.write(beginning);
    while (true) {
      // until the client has enough
      reply.write(more);
    }
  }

  private RequestOutcome only(Script script, Timeouts timeouts) throws IOException {
    try (ScriptedServer server = ScriptedServer.completions(script)) {
      run(config(server.url(), requests(1), null, timeouts));
      assertThat(published.events(RequestOutcome.class)).hasSize(1);
      return published.events(RequestOutcome.class).get(0);
    }
  }

  private LoadResult run(LoadConfig config) {
    return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
        .run(config, ProgressListener.SILENT);
  }

  private static Arguments failure(
      String name, Script script, RequestStatus status, Integer httpStatus, String sentence) {
    return Arguments.of(name, script, status, httpStatus, sentence);
  }

  /** Closes the server before the first request is sent. */
  private record ClosedFirst(ScriptedServer server) implements ProgressListener {

    @Override
    public void started(String runId, String model, long planned) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void progress(Progress progress) {}
  }
}
