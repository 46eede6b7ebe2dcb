package io.evalstream.loadgenerator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.LoraModules;
import io.evalstream.loadgenerator.plan.LoraWorkload;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import io.evalstream.loadgenerator.plan.TextWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBodiesTest {

  private static final PlannedRequest REQUEST =
      new RandomWorkload(1, 50, 20, 0, Arrivals.UNLIMITED).plan(5).get(0);

  @Test
  void aCompletionHasItsPromptAsTokens() throws IOException {
    JsonNode body =
        body(Backend.VLLM, "org/\"m\\\"", new RequestOptions(true, 30, true, 0.0, null), REQUEST);

    assertThat(body.path("model").textValue()).isEqualTo("org/\"m\\\"");
    assertThat(body.path("prompt")).hasSize(50).allMatch(id -> id.intValue() >= 1000);
    assertThat(body.path("max_tokens").intValue()).isEqualTo(20);
    assertThat(body.path("min_tokens").intValue()).as("never above max_tokens").isEqualTo(20);
    assertThat(body.path("ignore_eos").booleanValue()).isTrue();
    assertThat(body.path("temperature").doubleValue()).isZero();
    assertThat(body.path("stream").booleanValue()).isTrue();
    assertThat(body.path("stream_options").path("include_usage").booleanValue()).isTrue();
    assertThat(body.path("stream_options").path("continuous_usage_stats").booleanValue()).isTrue();
  }

  @Test
  void aChatHasItsPromptAsWords() throws IOException {
    JsonNode body =
        body(Backend.OPENAI_CHAT, "m", new RequestOptions(false, null, false, 0.5, null), REQUEST);

    JsonNode message = body.path("messages").path(0);
    assertThat(message.path("role").textValue()).isEqualTo("user");
    assertThat(message.path("content").textValue().split(" ")).hasSize(50);
    assertThat(body.path("max_completion_tokens").intValue()).isEqualTo(20);
    assertThat(body.has("min_tokens")).isFalse();
    assertThat(body.has("ignore_eos")).isFalse();
    assertThat(body.path("stream_options").has("continuous_usage_stats")).isFalse();
  }

  @Test
  void theSameRequestAlwaysGivesTheSameBytes() {
    RequestBodies bodies = new RequestBodies(Backend.VLLM, "m", RequestOptions.DEFAULT);

    assertThat(bodies.body(REQUEST)).isEqualTo(bodies.body(REQUEST));
  }

  @Test
  void theExtraBodyIsPutOverTheRest() throws IOException {
    RequestOptions options =
        new RequestOptions(
            true,
            null,
            true,
            0.5,
            "{\"temperature\": 1, \"max_tokens\": 3, \"x\": {\"y\": [true]}}");

    byte[] bytes = new RequestBodies(Backend.VLLM, "m", options).body(REQUEST);
    JsonNode body =
        new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).readTree(bytes);

    assertThat(body.path("temperature").intValue()).isEqualTo(1);
    assertThat(body.path("max_tokens").intValue()).isEqualTo(3);
    assertThat(body.path("x").path("y").path(0).booleanValue()).isTrue();
  }

  @Test
  void whatIsLeftToTheServerIsNotSent() throws IOException {
    JsonNode body =
        body(Backend.VLLM, "m", new RequestOptions(false, null, true, null, null), REQUEST);

    assertThat(body.has("temperature")).isFalse();
    assertThat(body.has("ignore_eos")).isFalse();
  }

  @Test
  void anExtraBodyThatIsWrongIsNamed() {
    assertThatThrownBy(() -> new RequestOptions(false, null, true, null, "[1]"))
        .hasMessageContaining("extra-body is no JSON object");
    assertThatThrownBy(() -> new RequestOptions(false, null, true, null, "{} {}"))
        .hasMessageContaining("extra-body is no JSON object");
    assertThatThrownBy(() -> new RequestOptions(false, null, true, null, "{\"stream\": false}"))
        .hasMessageContaining("extra-body sets 'stream'");
  }

  @Test
  void aTextIsSentAsItIs(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("p.jsonl"), "{\"prompt\": \"say \\\"안녕\\\"\\n\"}");
    PlannedRequest request =
        new TextWorkload(TextWorkload.Format.CUSTOM, file, 1, 9, Arrivals.UNLIMITED).plan(1).get(0);

    assertThat(body(Backend.VLLM, "m", RequestOptions.DEFAULT, request).path("prompt").textValue())
        .isEqualTo("say \"안녕\"\n");
    assertThat(
            body(Backend.OPENAI_CHAT, "m", RequestOptions.DEFAULT, request)
                .at("/messages/0/content")
                .textValue())
        .isEqualTo("say \"안녕\"\n");
  }

  @Test
  void promptsOfOnePrefixBeginWithTheSameTokens() throws IOException {
    List<PlannedRequest> plan = new RandomWorkload(2, 30, 20, 4, 0, Arrivals.UNLIMITED).plan(5);
    JsonNode first = body(Backend.VLLM, "m", RequestOptions.DEFAULT, plan.get(0)).path("prompt");
    JsonNode second = body(Backend.VLLM, "m", RequestOptions.DEFAULT, plan.get(1)).path("prompt");

    assertThat(first).hasSize(50);
    for (int i = 0; i < 30; i++) {
      assertThat(first.get(i)).isEqualTo(second.get(i));
    }
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aRequestMayNameItsModel() throws IOException {
    PlannedRequest request =
        new LoraWorkload(
                new RandomWorkload(1, 4, 4, 0, Arrivals.UNLIMITED),
                LoraModules.parse(List.of("sql"), false))
            .plan(1)
            .get(0);

    assertThat(body(Backend.VLLM, "m", RequestOptions.DEFAULT, request).path("model").textValue())
        .isEqualTo("sql");
  }

  @Test
  void backendsAreNamedAsVllmNamesThem() {
    assertThat(Backend.named("openai-chat")).isEqualTo(Backend.OPENAI_CHAT);
    assertThatThrownBy(() -> Backend.named("tgi"))
        .hasMessage("backend 'tgi' is not known: use one of vllm, openai, openai-chat");
  }

  private static JsonNode body(
      Backend backend, String model, RequestOptions options, PlannedRequest request)
      throws IOException {
    return new ObjectMapper().readTree(new RequestBodies(backend, model, options).body(request));
  }
}
