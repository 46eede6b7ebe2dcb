package io.evalstream.loadgenerator.sse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventScannerTest {

  private static final JsonMapper JACKSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> NAMES =
      List.of(
          "choices",
          "usage",
          "error",
          "object",
          "message",
          "text",
          "delta",
          "content",
          "reasoning",
          "reasoning_content",
          "tool_calls",
          "finish_reason",
          "prompt_tokens",
          "completion_tokens",
          "id",
          "logprobs",
          "x\"y",
          "ü한",
          "");

  private static final List<String> TEXTS =
      List.of(
          "", "", "stop", "error", "length", "a", "a\"b\\", "\n\t/", "\u0001", "ü한", "😀",
          "{}[],:");

  @Test
  void readsACompletion() {
    StreamEvent event =
        scan(
            """
            {"id":"c","object":"text_completion","choices":[{"index":0,"text":" a","logprobs":null,
            "finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}""");

    assertThat(event.hasChoices()).isTrue();
    assertThat(event.hasOutput()).isTrue();
    assertThat(event.finishReason()).isEqualTo("length");
    assertThat(event.promptTokens()).isEqualTo(3);
    assertThat(event.completionTokens()).isEqualTo(4);
    assertThat(event.hasError()).isFalse();
  }

  @Test
  void theRoleChunkOfAChatIsAChunkWithoutOutput() {
    StreamEvent event =
        scan("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");

    assertThat(event.hasChoices()).isTrue();
    assertThat(event.hasOutput()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"a\"}",
        "{\"content\":null,\"reasoning\":\"a\"}",
        "{\"reasoning_content\":\"a\"}",
        "{\"content\":\"\",\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}",
        "{\"c\\u006fntent\":\"a\"}"
      })
  void outputOfAChatComesInSeveralFields(String delta) {
    assertThat(scan("{\"choices\":[{\"delta\":" + delta + "}]}").hasOutput()).isTrue();
  }

  @Test
  void readsBothFormsOfAnError() {
    StreamEvent nested = scan("{\"error\":{\"message\":\"no \\\"GPU\\\"\",\"code\":500}}");
    assertThat(nested.hasError()).isTrue();
    assertThat(nested.errorMessage()).isEqualTo("no \"GPU\"");

    StreamEvent flat = scan("{\"object\":\"error\",\"message\":\"no GPU\",\"code\":500}");
    assertThat(flat.hasError()).isTrue();
    assertThat(flat.errorMessage()).isEqualTo("no GPU");

    assertThat(scan("{\"choices\":[],\"error\":null}").hasError()).isFalse();
  }

  @Test
  void aCountThatIsNoCountIsAbsent() {
    StreamEvent event =
        scan("{\"usage\":{\"prompt_tokens\":1.5,\"completion_tokens\":123456789012345678901234}}");

    assertThat(event.promptTokens()).isEqualTo(StreamEvent.ABSENT);
    assertThat(event.completionTokens()).isEqualTo(StreamEvent.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":tru}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\t\"}",
        "{} {}",
        "{\"choices\":[{\"text\":\"a\"}",
        "{\"usage\":{\"prompt_tokens\":-}}",
        "{'a':1}",
        "{\"a\":+1}"
      })
  void malformedTextIsToldAsSuch(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThat(new EventScanner().scan(bytes, 0, bytes.length)).isFalse();
  }

  @Test
  void deepNestingIsMalformedAndNoOverflow() {
    byte[] bytes = ("{\"a\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(new EventScanner().scan(bytes, 0, bytes.length)).isFalse();
  }

  @Property(tries = 2000)
  void agreesWithJackson(@ForAll("events") JsonNode node, @ForAll Random random) {
    byte[] bytes = written(node, random).getBytes(StandardCharsets.UTF_8);
    EventScanner scanner = new EventScanner();

    assertThat(scanner.scan(bytes, 0, bytes.length)).isTrue();

    assertSame(scanner.event(), node);
  }

  @Property(tries = 2000)
  void agreesWithJacksonOnWhatIsMalformed(@ForAll("events") JsonNode node, @ForAll Random random) {
    StringBuilder text = new StringBuilder(node.toString());
    String inserted = "{}[]\",:\\0a1.-e \nnt";
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, inserted.charAt(random.nextInt(inserted.length())));
        default -> text.setCharAt(at, inserted.charAt(random.nextInt(inserted.length())));
      }
      if (text.isEmpty()) {
        text.append(' ');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

    assertThat(new EventScanner().scan(bytes, 0, bytes.length))
        .as(text.toString())
        .isEqualTo(jacksonReadsAnObject(bytes));
  }

  @Property
  void anyBytesEndInAnAnswer(@ForAll byte[] bytes) {
    new EventScanner().scan(bytes, 0, bytes.length);
  }

  private static StreamEvent scan(String json) {
    EventScanner scanner = new EventScanner();
    byte[] bytes = ("##" + json + "##").getBytes(StandardCharsets.UTF_8);
    assertThat(scanner.scan(bytes, 2, bytes.length - 2)).isTrue();
    return scanner.event();
  }

  private static boolean jacksonReadsAnObject(byte[] bytes) {
    try {
      return JACKSON.readTree(new String(bytes, StandardCharsets.UTF_8)).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void assertSame(StreamEvent event, JsonNode node) {
    JsonNode choices = node.path("choices");
    assertThat(event.hasChoices()).isEqualTo(choices.isArray() && !choices.isEmpty());
    boolean output = false;
    String finishReason = null;
    for (JsonNode choice : choices.isArray() ? choices : NODES.arrayNode()) {
      JsonNode delta = choice.path("delta");
      output |=
          brings(choice.path("text"))
              || brings(delta.path("content"))
              || brings(delta.path("reasoning"))
              || brings(delta.path("reasoning_content"))
              || brings(delta.path("tool_calls"));
      if (choice.path("finish_reason").isTextual()) {
        finishReason = choice.path("finish_reason").textValue();
      }
    }
    assertThat(event.hasOutput()).isEqualTo(output);
    assertThat(event.finishReason()).isEqualTo(finishReason);
    assertThat(event.promptTokens()).isEqualTo(count(node.path("usage").path("prompt_tokens")));
    assertThat(event.completionTokens())
        .isEqualTo(count(node.path("usage").path("completion_tokens")));
    JsonNode error = node.path("error");
    assertThat(event.hasError())
        .isEqualTo(
            error.isObject() || error.isTextual() || "error".equals(node.path("object").asText()));
  }

  private static boolean brings(JsonNode node) {
    return (node.isTextual() && !node.textValue().isEmpty()) || (node.isArray() && !node.isEmpty());
  }

  private static long count(JsonNode node) {
    boolean fits = node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0;
    return fits && node.toString().length() <= 18 ? node.longValue() : StreamEvent.ABSENT;
  }

  /** Writes a tree with its fields in any order, white space anywhere and escapes of any kind. */
  private static String written(JsonNode node, Random random) {
    String space = random.nextInt(4) == 0 ? " \r\n\t".substring(0, 1 + random.nextInt(4)) : "";
    StringBuilder text = new StringBuilder(space);
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
      Collections.shuffle(fields, random);
      text.append('{').append(space);
      for (Iterator<Map.Entry<String, JsonNode>> all = fields.iterator(); all.hasNext(); ) {
        Map.Entry<String, JsonNode> field = all.next();
        text.append(string(field.getKey(), random)).append(space).append(':');
        text.append(written(field.getValue(), random)).append(all.hasNext() ? "," : "");
        text.append(space);
      }
      text.append('}');
    } else if (node.isArray()) {
      text.append('[').append(space);
      for (int i = 0; i < node.size(); i++) {
        text.append(i > 0 ? "," : "").append(written(node.get(i), random));
      }
      text.append(space).append(']');
    } else if (node.isTextual()) {
      text.append(string(node.textValue(), random));
    } else {
      text.append(node);
    }
    return text.append(space).toString();
  }

  private static String string(String value, Random random) {
    if (random.nextInt(3) > 0) {
      return NODES.textNode(value).toString();
    }
    StringBuilder text = new StringBuilder("\"");
    value.chars().forEach(c -> text.append("\\u%04x".formatted(c)));
    return text.append('"').toString();
  }

  /**
   * Trees are drawn from a seed: jqwik's own recursive trees take a minute for what takes a second.
   */
  @Provide
  Arbitrary<JsonNode> events() {
    return Arbitraries.randomValue(random -> object(random, 4));
  }

  private static JsonNode value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 12)) {
      case 0, 1 -> NODES.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
      case 2, 3 -> NODES.numberNode(random.nextInt(5000) - 3);
      case 4 -> NODES.numberNode(random.nextLong());
      case 5 -> NODES.numberNode(random.nextGaussian() * 1e9);
      case 6 -> random.nextBoolean() ? NODES.nullNode() : NODES.booleanNode(random.nextBoolean());
      case 7, 8 -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(random, depth - 1));
        }
        yield array;
      }
      default -> object(random, depth - 1);
    };
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode node = NODES.objectNode();
    for (int i = random.nextInt(6); i > 0; i--) {
      node.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth));
    }
    return node;
  }
}
