package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionsTest {
  private static final String PATH = "/v1/completions";
  private static Simulator simulator;
  private static Client client;

  @BeforeAll
  static void start() {
    simulator = Servers.started(b -> b.model("m").maxModelLen(1_000).answerLength("uniform:1,40"));
    client = new Client(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void streamHasTheShapeOfVllms() throws IOException {
    HttpResponse<String> response =
        client.post(
            PATH,
            "{'model':'m','prompt':'one two','max_tokens':2,'ignore_eos':true,'stream':true,"
                + "'stream_options':{'include_usage':true}}",
            "X-Request-Id",
            "r1");

    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(response.body().replaceAll("\"created\":\\d+", "\"created\":0"))
        .isEqualTo(
            """
            data: {"id":"cmpl-r1","object":"text_completion","created":0,"model":"m","choices":[{"index":0,"text":"T0","logprobs":null,"finish_reason":null,"stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}

            data: {"id":"cmpl-r1","object":"text_completion","created":0,"model":"m","choices":[{"index":0,"text":"T1","logprobs":null,"finish_reason":"length","stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}

            data: {"id":"cmpl-r1","object":"text_completion","created":0,"model":"m","choices":[],"usage":{"prompt_tokens":2,"total_tokens":4,"completion_tokens":2}}

            data: [DONE]

            """
                .replace("T0", answerToken("r1", 0))
                .replace("T1", answerToken("r1", 1)));
  }

  @Test
  void continuousUsageIsInEveryEvent() throws IOException {
    List<String> events =
        client.stream(
            PATH,
            "{'prompt':[5,6,7],'max_tokens':12,'ignore_eos':true,'stream':true,"
                + "'stream_options':{'include_usage':true,'continuous_usage_stats':true}}");

    assertThat(events).hasSize(14);
    for (int i = 0; i < 12; i++) {
      JsonNode usage = Client.json(events.get(i)).get("usage");
      assertThat(usage.get("prompt_tokens").intValue()).isEqualTo(3);
      assertThat(usage.get("completion_tokens").intValue()).isEqualTo(i + 1);
      assertThat(usage.get("total_tokens").intValue()).isEqualTo(i + 4);
    }
  }

  @Test
  void streamWithoutOptionsHasNoUsage() throws IOException {
    List<String> events =
        client.stream(PATH, "{'prompt':[5],'max_tokens':3,'ignore_eos':true,'stream':true}");

    assertThat(events).hasSize(4).noneMatch(event -> event.contains("usage"));
    assertThat(events.get(3)).isEqualTo("[DONE]");
  }

  @Test
  void wholeAnswerIsTheStreamedOne() throws IOException {
    String ask = "{'prompt':'one two three','max_tokens':20,'stream':%s}";
    List<String> events = client.stream(PATH, ask.formatted("true"), "X-Request-Id", "same");
    JsonNode whole = client.postForJson(PATH, ask.formatted("false"), "X-Request-Id", "same");

    StringBuilder streamed = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      streamed.append(Client.json(event).at("/choices/0/text").textValue());
    }
    assertThat(whole.at("/choices/0/text").textValue()).isEqualTo(streamed.toString());
    assertThat(whole.at("/choices/0/finish_reason"))
        .isEqualTo(Client.json(events.get(events.size() - 2)).at("/choices/0/finish_reason"));
    assertThat(whole.at("/usage/completion_tokens").intValue()).isEqualTo(events.size() - 1);
    assertThat(whole.at("/usage/prompt_tokens").intValue()).isEqualTo(3);
    assertThat(whole.get("object").textValue()).isEqualTo("text_completion");
    assertThat(whole.get("id").textValue()).isEqualTo("cmpl-same");
  }

  @Test
  void answerEndsByItselfUnlessToldToIgnoreTheEnd() throws IOException {
    JsonNode free = client.postForJson(PATH, "{'prompt':'a','max_tokens':100}");
    JsonNode forced = client.postForJson(PATH, "{'prompt':'a','max_tokens':100,'ignore_eos':true}");
    JsonNode atLeast = client.postForJson(PATH, "{'prompt':'a','max_tokens':100,'min_tokens':60}");

    assertThat(free.at("/usage/completion_tokens").intValue()).isBetween(1, 40);
    assertThat(free.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
    assertThat(forced.at("/usage/completion_tokens").intValue()).isEqualTo(100);
    assertThat(forced.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(atLeast.at("/usage/completion_tokens").intValue()).isEqualTo(60);
  }

  @Test
  void maxTokensDefaultsToSixteen() throws IOException {
    JsonNode answer = client.postForJson(PATH, "{'prompt':'a','ignore_eos':true}");

    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(16);
  }

  @Test
  void requestIdOfTheBodyIsUsedWhenThereIsNoHeader() throws IOException {
    String ask = "{'prompt':'a','request_id':'b','max_tokens':30}";
    JsonNode first = client.postForJson(PATH, ask);
    JsonNode second = client.postForJson(PATH, ask);
    JsonNode other = client.postForJson(PATH, ask, "X-Request-Id", "h");

    assertThat(first.get("choices")).isEqualTo(second.get("choices"));
    assertThat(first.get("id").textValue()).isEqualTo("cmpl-b");
    assertThat(other.get("id").textValue()).isEqualTo("cmpl-h");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'prompt':'a','model':'x'}|404|NotFoundError|model|The model `x` does not exist.",
        "{'prompt':['a','b']}|400|BadRequestError|prompt|one prompt per request",
        "{'prompt':[[1],[2]]}|400|BadRequestError|prompt|one prompt per request",
        "{'prompt':[1,'a']}|400|BadRequestError|prompt|must be text or a list of token ids",
        "{'prompt':''}|400|BadRequestError|prompt|must be provided and non-empty",
        "{}|400|BadRequestError|prompt|must be provided and non-empty",
        "{'prompt':'a','max_tokens':0}|400|BadRequestError|max_tokens|at least 1, got 0",
        "{'prompt':'a','max_tokens':'5'}|400|BadRequestError|max_tokens|must be an integer",
        "{'prompt':'a','max_tokens':5,'min_tokens':6}|400|BadRequestError|min_tokens|max_tokens=5",
        "{'prompt':'a b','max_tokens':999}|400|BadRequestError|input_tokens|total of 1001 tokens",
        "{'prompt':'a','n':2}|400|BadRequestError|n|one answer per request",
        "{'prompt':'a','logprobs':1}|400|BadRequestError|logprobs|does not simulate logprobs",
        "{'prompt':'a','stream_options':{}}|400|BadRequestError|stream_options|`stream=True`",
        "{'prompt':'a','stream':'yes'}|400|BadRequestError|stream|must be true or false",
        "[1]|400|BadRequestError|null|must be a JSON object",
        "{|400|BadRequestError|null|is not JSON"
      })
  void refusesInVllmsShape(String ask, int status, String type, String param, String message)
      throws IOException {
    HttpResponse<String> response = client.post(PATH, ask);
    JsonNode error = Client.json(response.body()).get("error");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(error.get("code").intValue()).isEqualTo(status);
    assertThat(error.get("type").textValue()).isEqualTo(type);
    assertThat(error.get("param").asText()).isEqualTo(param);
    assertThat(error.get("message").textValue()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {"'one two'|2", "['one two']|2", "[1,2,3]|3", "[[1,2,3,4]]|4"})
  void countsPromptsOfAllForms(String prompt, int tokens) throws IOException {
    JsonNode answer = client.postForJson(PATH, "{'prompt':" + prompt + ",'max_tokens':1}");

    assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(tokens);
  }

  private static String answerToken(String requestId, int index) {
    return Tokenizer.answerToken(
        Tokenizer.answerTokenId(RequestSeed.ofRequestId(0, requestId), index));
  }
}
