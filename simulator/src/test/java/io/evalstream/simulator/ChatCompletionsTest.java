package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCompletionsTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String MESSAGES = "'messages':[{'role':'user','content':'hello there'}]";
  private static Simulator simulator;
  private static Client client;

  @BeforeAll
  static void start() {
    simulator = Servers.started(b -> b.model("m").maxModelLen(100).reasoningTokens(2));
    client = new Client(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void streamHasTheShapeOfVllms() throws IOException {
    List<String> events =
        client.stream(
            PATH,
            "{%s,'max_tokens':4,'ignore_eos':true,'stream':true,".formatted(MESSAGES)
                + "'stream_options':{'include_usage':true}}",
            "X-Request-Id",
            "r1");
    String head =
        "{\"id\":\"chatcmpl-r1\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"m\",";

    assertThat(events.stream().map(e -> e.replaceAll("\"created\":\\d+", "\"created\":0")))
        .containsExactly(
            head
                + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                + "\"logprobs\":null,\"finish_reason\":null}]}",
            head + reasoningChoice(0),
            head + reasoningChoice(1),
            head + contentChoice(2, "\"finish_reason\":null,"),
            head + contentChoice(3, "\"finish_reason\":\"length\",\"stop_reason\":null,"),
            head
                + "\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"total_tokens\":9,"
                + "\"completion_tokens\":4}}",
            "[DONE]");
  }

  @Test
  void roleEventOfContinuousUsageHasNoTokensYet() throws IOException {
    List<String> events =
        client.stream(
            PATH,
            "{%s,'max_tokens':1,'stream':true,".formatted(MESSAGES)
                + "'stream_options':{'include_usage':true,'continuous_usage_stats':true}}");

    assertThat(Client.json(events.get(0)).at("/usage/completion_tokens").intValue()).isZero();
    assertThat(Client.json(events.get(1)).at("/usage/completion_tokens").intValue()).isEqualTo(1);
  }

  @Test
  void wholeAnswerKeepsReasoningApart() throws IOException {
    JsonNode answer =
        client.postForJson(
            PATH, "{%s,'max_completion_tokens':5,'ignore_eos':true}".formatted(MESSAGES));
    JsonNode message = answer.at("/choices/0/message");

    assertThat(answer.get("object").textValue()).isEqualTo("chat.completion");
    assertThat(message.get("role").textValue()).isEqualTo("assistant");
    assertThat(Tokenizer.count(message.get("reasoning_content").textValue())).isEqualTo(2);
    assertThat(message.get("reasoning")).isEqualTo(message.get("reasoning_content"));
    assertThat(Tokenizer.count(message.get("content").textValue())).isEqualTo(3);
    assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(5);
  }

  @Test
  void answerMayFillTheModelWhenThereIsNoLimit() throws IOException {
    JsonNode answer = client.postForJson(PATH, "{%s,'ignore_eos':true}".formatted(MESSAGES));

    assertThat(answer.at("/usage/total_tokens").intValue()).isEqualTo(100);
  }

  @Test
  void readsContentInParts() throws IOException {
    JsonNode answer =
        client.postForJson(
            PATH,
            "{'messages':[{'role':'user','content':[{'type':'text','text':'a b c'}]}],"
                + "'max_tokens':1}");

    assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|messages must be a list",
        "{'messages':[]}|messages must be a list",
        "{'messages':[{'content':'a'}]}|Each message needs a role.",
        "{'messages':[{'role':'user','content':[{'type':'image_url'}]}]}|reads text only",
        "{'messages':[{'role':'user','content':5}]}|content must be text or a list"
      })
  void refusesWhatIsNoConversation(String ask, String message) throws IOException {
    JsonNode error = client.postForJson(PATH, ask).get("error");

    assertThat(error.get("code").intValue()).isEqualTo(400);
    assertThat(error.get("message").textValue()).contains(message);
  }

  private static String reasoningChoice(int token) {
    String text = answerToken(token);
    return ("\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"%s\",\"reasoning_content\":\"%s\"},"
            + "\"logprobs\":null,\"finish_reason\":null,\"token_ids\":null}]}")
        .formatted(text, text);
  }

  private static String contentChoice(int token, String finish) {
    return ("\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":null,%s"
            + "\"token_ids\":null}]}")
        .formatted(answerToken(token), finish);
  }

  private static String answerToken(int index) {
    return Tokenizer.answerToken(Tokenizer.answerTokenId(RequestSeed.ofRequestId(0, "r1"), index));
  }
}
