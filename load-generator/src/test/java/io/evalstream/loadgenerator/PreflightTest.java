package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.json;
import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.loadgenerator.LoadException.Kind;
import io.evalstream.loadgenerator.plan.LoraModules;
import io.evalstream.loadgenerator.plan.LoraWorkload;
import io.evalstream.loadgenerator.plan.TraceWorkload;
import io.evalstream.loadgenerator.publish.EventPublisher;
import io.evalstream.loadgenerator.publish.PublishException;
import io.evalstream.loadgenerator.request.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found out before the first request. */
@Timeout(60)
class PreflightTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | USAGE  | answers 401: the API key is missing or wrong",
        "404 | USAGE  | answers 404: check the base URL",
        "500 | BROKEN | answers 500: look at the server's log"
      })
  void aStatusIsExplained(int status, Kind kind, String complaint) throws IOException {
    try (ScriptedServer server = new ScriptedServer((q, a) -> a.write(json(status, "x", "{}")))) {
      assertFails(config(server.url(), requests(1), 1, PATIENT), kind, complaint, server.url());
    }
  }

  @Test
  void aLoraModuleThatIsNotLoadedIsNamed() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      LoraModules modules = LoraModules.parse(List.of("m", "sql=9"), false);
      assertFails(
          config(server.url(), new LoraWorkload(requests(9), modules), 1, PATIENT),
          Kind.USAGE,
          "does not list LoRA module 'sql': load it, or give those that it has (m)",
          server.url());
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aServerThatIsAwayIsNamed() throws IOException {
    String url;
    try (ScriptedServer server = new ScriptedServer((q, a) -> a.close())) {
      url = server.url();
      assertFails(
          config(url, requests(1), 1, PATIENT),
          Kind.BROKEN,
          "cannot be reached (The server closed the connection without answering)",
          url);
    }
    assertFails(
        config(url, requests(1), 1, PATIENT),
        Kind.BROKEN,
        "cannot be reached (No connection could be made: the server refuses connections)",
        url);
  }

  @Test
  void aServerWithoutTlsIsTold() throws IOException {
    try (ScriptedServer server = new ScriptedServer((q, a) -> a.close())) {
      String url = "https://127.0.0.1:" + server.port();
      assertFails(
          config(url, requests(1), 1, PATIENT),
          Kind.BROKEN,
          "cannot be reached (The TLS handshake failed",
          url);
    }
  }

  @Test
  void aHostThatIsNoneIsNamed() {
    assertFails(
        config("http://no-such-host.invalid:1", requests(1), 1, PATIENT),
        Kind.USAGE,
        "There is no host named no-such-host.invalid",
        "");
  }

  @Test
  void aModelThatTheServerDoesNotHaveIsNamed() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      assertFails(
          config(server.url(), requests(1), 1, PATIENT, Backend.VLLM, "other", null),
          Kind.USAGE,
          "does not list model 'other': use one that it has (m)",
          server.url());
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void aModelWhoseNameIsTooLongToPublishIsTold() throws IOException {
    String models = "{\"data\":[{\"id\":\"" + "m".repeat(301) + "\"}]}";
    try (ScriptedServer server = new ScriptedServer((q, a) -> a.write(json(200, "OK", models)))) {
      assertFails(
          config(server.url(), requests(1), 1, PATIENT),
          Kind.USAGE,
          "lists first a model of more than 300 characters: give it a shorter --served-model-name",
          server.url());
    }
  }

  @Test
  void somethingElseThanTheApiIsTold() throws IOException {
    String page = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>";
    try (ScriptedServer server = new ScriptedServer((q, a) -> a.write(page))) {
      assertFails(
          config(server.url(), requests(1), 1, PATIENT),
          Kind.USAGE,
          "does not answer with JSON",
          "");
    }
    try (ScriptedServer server =
        new ScriptedServer((q, a) -> a.write(json(200, "OK", "{\"data\":[]}")))) {
      assertFails(config(server.url(), requests(1), 1, PATIENT), Kind.BROKEN, "lists no model", "");
    }
  }

  @Test
  void theKeyIsSentAndNeverShown() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer(
            (q, a) -> {
              boolean known = "Bearer hush".equals(q.headers().get("Authorization"));
              a.write(known ? ScriptedServer.MODELS : json(401, "No", "{}"));
            })) {
      LoadConfig config =
          config(server.url(), requests(1), 1, PATIENT, Backend.VLLM, "other", "hush");
      assertFails(config, Kind.USAGE, "does not list model", "");
      assertThat(config.toString()).doesNotContain("hush");
    }
    assertFails(
        config("http://127.0.0.1:1", requests(1), 1, PATIENT, Backend.VLLM, null, "hu\nsh"),
        Kind.USAGE,
        "The API key holds a character that no HTTP header can carry",
        "");
  }

  @Test
  void aBrokenTraceIsToldBeforeAnythingIsAsked() {
    assertFails(
        config("http://127.0.0.1:1", new TraceWorkload(Path.of("no.csv"), 1, null), 1, PATIENT),
        Kind.USAGE,
        "There is no trace at no.csv",
        "");
  }

  @Test
  void aKafkaThatIsAwayIsToldBeforeLoadIsSent() throws IOException {
    try (ScriptedServer server = ScriptedServer.completions((q, a) -> a.write(stream(1)))) {
      LoadGenerator generator =
          new LoadGenerator(
              kafka -> {
                throw new PublishException("Kafka at k:1 cannot be reached", false, null);
              },
              Duration.ZERO);
      assertThatThrownBy(
              () ->
                  generator.run(
                      config(server.url(), requests(1), 1, PATIENT), ProgressListener.SILENT))
          .isInstanceOfSatisfying(
              LoadException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BROKEN))
          .hasMessage("Kafka at k:1 cannot be reached");
      assertThat(server.requests()).isEmpty();
    }
  }

  private static void assertFails(LoadConfig config, Kind kind, String complaint, String url) {
    assertThatThrownBy(
            () ->
                new LoadGenerator(kafka -> EventPublisher.NONE, Duration.ZERO)
                    .run(config, ProgressListener.SILENT))
        .isInstanceOfSatisfying(LoadException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(complaint)
        .hasMessageContaining(url)
        .hasMessageNotContaining("hush");
  }
}
