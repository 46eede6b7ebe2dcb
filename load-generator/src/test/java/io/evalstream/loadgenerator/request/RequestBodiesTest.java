package io.evalstream.loadgenerator.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evalstream.loadgenerator.plan.Arrivals;
import io.evalstream.loadgenerator.plan.PlannedRequest;
import io.evalstream.loadgenerator.plan.RandomWorkload;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RequestBodiesTest {

  private static final PlannedRequest REQUEST =
      new RandomWorkload(1, 50, 20, 0, Arrivals.UNLIMITED).plan(5).get(0);

  @Test
  void aCompletionHasItsPromptAsTokens() throws IOException {
    JsonNode body =
        body(Backend.VLLM, "org/\"m\\\"", new RequestOptions(true, 30, true, 0), REQUEST);

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
        body(Backend.OPENAI_CHAT, "m", new RequestOptions(false, null, false, 0.5), REQUEST);

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
