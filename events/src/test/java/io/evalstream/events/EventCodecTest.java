package io.evalstream.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evalstream.events.EventArbitraries.AnyEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Domain(EventArbitraries.class)
@Domain(DomainContext.Global.class)
class EventCodecTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SECRET = "hunter2";

  @Property(tries = 800)
  void whatIsWrittenIsReadBack(@ForAll AnyEvent any) {
    assertThat(any.decode(any.encode())).usingRecursiveComparison().isEqualTo(any.event());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsReadBack(AnyEvent any) {
    assertThat(any.decode(any.encode())).usingRecursiveComparison().isEqualTo(any.event());
  }

  @Property(tries = 200)
  void fieldsThatNobodyKnowsAreIgnored(@ForAll AnyEvent any) throws Exception {
    ObjectNode node = node(any).put("later_invention", 1.5);
    node.putObject("another").putArray("with").add(true).addNull();

    Object read = any.decode(bytes(node));

    assertThat(read).usingRecursiveComparison().isEqualTo(any.event());
  }

  /** Results repeat names and lists: none may make them larger than Kafka takes. */
  @ParameterizedTest
  @MethodSource("samples")
  void noRecordOfNamesOrListsWithoutEndIsRead(AnyEvent any) throws Exception {
    String type = any.event().getClass().getSimpleName();
    for (String field :
        List.of(
            "producer_id",
            "scenario",
            "request_id",
            "prompt_id",
            "endpoint",
            "model",
            "release",
            "topic",
            "metric",
            "best_letter")) {
      ObjectNode node = node(any);
      if (node.has(field)) {
        any.decode(bytes(node.put(field, "é".repeat(Event.MAX_NAME))));
        assertThatThrownBy(() -> any.decode(bytes(node.put(field, "é".repeat(Event.MAX_NAME + 1)))))
            .as(type)
            .isInstanceOf(InvalidEventException.class)
            .hasMessage(field + " is longer than 300 characters");
      }
    }
    for (String field : List.of("sent", "labels", "environment")) {
      if (node(any).has(field)) {
        JsonNode value =
            field.equals("sent")
                ? node(any).at("/sent").iterator().next()
                : MAPPER.getNodeFactory().textNode("x");
        ObjectNode many = node(any);
        ObjectNode named = node(any);
        ObjectNode entries = many.putObject(field);
        for (int i = 0; i <= Event.MOST_NAMES; i++) {
          entries.set("name" + i, value);
        }
        named.putObject(field).set("n".repeat(Event.MAX_NAME + 1), value);
        assertThatThrownBy(() -> any.decode(bytes(many)))
            .hasMessage(field + " holds more than 100");
        assertThatThrownBy(() -> any.decode(bytes(named)))
            .hasMessage(field + " has a name longer than 300 characters");
      }
    }
    if (node(any).has("doubts")) {
      ObjectNode many = node(any);
      ArrayNode doubts = many.putArray("doubts");
      for (int i = 0; i <= Event.MOST_NAMES; i++) {
        doubts.add("x");
      }
      ObjectNode endless = node(any);
      endless.putArray("doubts").add("x".repeat(Checks.LONGEST_SENTENCE + 1));
      assertThatThrownBy(() -> any.decode(bytes(many))).hasMessage("doubts holds more than 100");
      assertThatThrownBy(() -> any.decode(bytes(endless)))
          .hasMessage("doubts holds a text longer than 1000 characters");
    }
  }

  @ParameterizedTest(name = "{0} without {1}")
  @MethodSource("requiredFields")
  void aMissingFieldIsNamed(String type, String field, AnyEvent any) throws Exception {
    ObjectNode absent = node(any);
    absent.remove(field);
    ObjectNode isNull = node(any).putNull(field);

    assertThatThrownBy(() -> any.decode(bytes(absent)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage(sentenceOfMissing(field));
    assertThatThrownBy(() -> any.decode(bytes(isNull)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage(sentenceOfMissing(field));
  }

  @ParameterizedTest(name = "{0} with another {1}")
  @MethodSource("allFields")
  void aFieldOfAnotherTypeIsNamed(String type, String field, AnyEvent any) throws Exception {
    for (JsonNode wrong : ofOtherTypes(node(any).get(field))) {
      ObjectNode node = node(any);
      node.set(field, wrong);

      Throwable thrown = catchThrowable(() -> any.decode(bytes(node)));

      assertThat(thrown)
          .as("%s.%s = %s", type, field, wrong)
          .isInstanceOf(InvalidEventException.class)
          .hasMessageContaining(field)
          .hasMessageNotContaining(SECRET);
      assertThat(thrown).hasNoCause();
    }
  }

  @ParameterizedTest(name = "{0} with a negative {1}")
  @MethodSource("allFields")
  void aNegativeNumberIsRefused(String type, String field, AnyEvent any) throws Exception {
    if (!node(any).get(field).isIntegralNumber() || field.equals("seed")) {
      return;
    }
    ObjectNode node = node(any).put(field, -1);

    assertThatThrownBy(() -> any.decode(bytes(node)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageContaining(field);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anotherVersionIsRefused(AnyEvent any) throws Exception {
    ObjectNode node = node(any).put("v", 2);

    assertThatThrownBy(() -> any.decode(bytes(node)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage("v is 2, this version reads 1");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void cutShortAnywhereItIsRefused(AnyEvent any) {
    byte[] json = any.encode();

    for (int length = 0; length < json.length; length++) {
      byte[] cut = Arrays.copyOf(json, length);
      assertRefused(any, cut);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatFollowsTheRecordIsRefused(AnyEvent any) {
    for (String tail : List.of("{}", "x" + SECRET, "]", "1", "\u0000")) {
      byte[] json = concat(any.encode(), tail.getBytes(StandardCharsets.UTF_8));
      assertRefused(any, json);
    }
  }

  @Property
  void anyBytesAreARecordOrRefused(@ForAll AnyEvent any, @ForAll byte[] bytes) {
    assertRefused(any, bytes);
  }

  /** One byte of a good record changed: it is still a record, or it is refused. */
  @Property(tries = 2_000)
  void aDamagedRecordIsNeverAnotherException(
      @ForAll AnyEvent any, @ForAll int position, @ForAll byte damage) {
    byte[] json = any.encode();
    json[Math.floorMod(position, json.length)] = damage;

    Throwable thrown = catchThrowable(() -> any.decode(json));

    if (thrown != null) {
      assertThat(thrown).isInstanceOf(InvalidEventException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "0",
        "-1.5e300",
        "\"hunter2\"",
        "[]",
        "[{}]",
        "{}",
        "{\"v\":",
        "{\"v\":hunter2}",
        "{\"v\":1e99999}",
        "{\"v\":1,\"v\":}",
        "<hunter2/>",
        "{'v':1}",
        "\uFEFF"
      })
  void whatIsNoRecordIsRefused(String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);

    samples().forEach(any -> assertRefused(any, json));
  }

  @Test
  void nestedWithoutEndItIsRefused() {
    byte[] deep = ("{\"later\":" + "[".repeat(200_000)).getBytes(StandardCharsets.UTF_8);

    samples().forEach(any -> assertRefused(any, deep));
  }

  @Test
  void noValueIsRefused() {
    samples()
        .forEach(
            any ->
                assertThatThrownBy(() -> any.decode(null))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessage("the record has no value"));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3 | environment holds a null            | /environment/x               | null",
        "3 | labels holds a null                 | /labels/x                    | null",
        "3 | scenarios holds a null              | /scenarios/0                 | null",
        "3 | scenarios.name is missing           | /scenarios/0/name            | null",
        "3 | scenarios.parameters is missing     | /scenarios/0/parameters      | null",
        "3 | scenarios.parameters holds a null   | /scenarios/0/parameters/x    | null",
        "3 | scenarios.planned_items is negative | /scenarios/0/planned_items   | -1",
        "3 | scenarios.planned_items has the wrong type | /scenarios/0/planned_items | 1.5",
        "3 | scenarios.blocks.count or .requests is below 1 | /scenarios/0/blocks/count | 0",
        "3 | scenarios.blocks.warm_up_requests is not from 0 to below requests | /scenarios/0/blocks/warm_up_requests | 6",
        "3 | scenarios.blocks.order does not name two arms for each block | /scenarios/0/blocks/count | 2",
        "3 | scenarios.blocks.order holds a null | /scenarios/0/blocks/order/0 | null",
        "1 | block is negative                   | /block                       | -1",
        "1 | turn is negative                    | /turn                        | -1",
        "1 | warm_up is missing                  | /warm_up                     | null",
        "3 | producers is 0, a run has at least one | /producers                | 0",
        "4 | sent holds a null                   | /sent/x                      | null",
        "4 | sent.records is missing             | /sent/token-timings/records  | null",
        "4 | sent.records is negative            | /sent/token-timings/records  | -1",
        "4 | sent.tokens has the wrong type      | /sent/token-timings/tokens   | `many`",
        "4 | status belongs to finished records and to no others | /status      | null",
        "0 | gaps_us is negative                 | /gaps_us/0                   | -1",
        "0 | at_us lies beyond the year 2100     | /at_us                       | 4102444800000001",
        "0 | tokens holds a chunk of more than a million | /tokens/0            | 1000001",
        "0 | sequence is larger than 2^53 - 1    | /sequence                    | 9007199254740992",
        "1 | output_tokens is larger than a billion | /output_tokens            | 1000000001",
        "1 | finished_at_us lies beyond the year 2100 | /finished_at_us         | 9000000000000000000",
        "0 | tokens is negative                  | /tokens/0                    | -1",
        "0 | tokens has 3 entries for 2 chunks   | /chunk_index                 | 1",
        "0 | gaps_us reaches back beyond the epoch | /at_us                     | 2",
        "0 | run_id does not begin with its date, as in 20260131-abc | /run_id  | 7",
        "1 | status is ok but sent_at_us or first_token_at_us is missing | /sent_at_us | null",
        "1 | http_status is not a number of three digits | /http_status         | 70000",
        "8 | kv_cache_usage is not from 0 to 1   | /kv_cache_usage              | 1.5",
        "8 | gpu_power_watts is not from 0 to a billion | /gpu_power_watts      | -0.5",
        "5 | bin_indexes and bin_counts differ in length | /bin_counts/2         | 1",
        "5 | bin_counts holds a bin without values | /bin_counts/0               | 0",
        "5 | the bins and zeros hold 4 values, count says 5 | /count             | 5",
      })
  void theSentenceSaysWhatIsWrong(int sample, String sentence, String at, String value)
      throws Exception {
    AnyEvent any = samples().toList().get(sample);
    ObjectNode node = node(any);
    set(node, at, at.equals("/run_id") ? MAPPER.getNodeFactory().textNode(value) : parsed(value));

    assertThatThrownBy(() -> any.decode(bytes(node)))
        .isInstanceOf(InvalidEventException.class)
        .hasMessage(sentence);
  }

  @Test
  void brokenJsonIsSaidToBeBrokenAndWhere() {
    byte[] json = "{\"v\":1,\"run_id\":hunter2}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> EventCodec.decode(json, RunCount.class))
        .isInstanceOf(InvalidEventException.class)
        .hasMessageMatching("the record is not JSON: it cannot be read at byte \\d+");
    assertThatThrownBy(
            () -> EventCodec.decode("[]".getBytes(StandardCharsets.UTF_8), RunCount.class))
        .hasMessage("the record is not a JSON object that can be read");
  }

  @Test
  void aRecordWithoutGapsHoldsTheFirstChunk() {
    TokenTimings timings =
        new TokenTimings(1, "20260131-a", "p", 0, "s", "r", 0, 5, new int[0], null);

    assertThat(timings.chunks()).isEqualTo(1);
    assertThat(timings.tokenCount()).isEqualTo(1);
    assertThatThrownBy(
            () -> new TokenTimings(1, "20260131-a", "p", 0, "s", "r", 1, 5, new int[0], null))
        .hasMessage("gaps_us is empty and the record holds no first chunk");
  }

  @Test
  void keysAreThoseOfTheTopics() {
    List<String> keys = new ArrayList<>();
    samples()
        .forEach(
            any -> {
              if (any.event() instanceof RunRecord run) {
                keys.add(run.key());
              } else if (any.event() instanceof DeadLetter letter) {
                keys.add(letter.key());
              }
            });

    assertThat(keys).containsExactly("20260131-a/plan", "20260131-a/p", "runs/2/3");
  }

  static Stream<AnyEvent> samples() {
    return EventArbitraries.samples();
  }

  static Stream<Arguments> allFields() {
    return samples().flatMap(any -> arguments(any, List.of()));
  }

  static Stream<Arguments> requiredFields() {
    List<String> optional =
        List.of(
            "sent_at_us",
            "first_token_at_us",
            "last_token_at_us",
            "max_gap_us",
            "http_status",
            "error",
            "finish_reason",
            "arm",
            "turn",
            "image_digest",
            "baseline_id",
            "reason",
            "shard",
            "doubts",
            "letter",
            "planned_requests");
    return samples()
        .flatMap(any -> arguments(any, optional))
        .filter(
            a ->
                !a.get()[0].equals("ServerMetrics")
                    || List.of("v", "run_id", "producer_id", "sequence", "at_us", "endpoint")
                        .contains(a.get()[1]))
        .filter(a -> !a.get()[1].equals("tokens") || !a.get()[0].equals("TokenTimings"))
        .filter(a -> !a.get()[1].equals("status") || !a.get()[0].equals("ProducerState"));
  }

  private static Stream<Arguments> arguments(AnyEvent any, List<String> without) {
    List<String> fields = new ArrayList<>();
    try {
      node(any).fieldNames().forEachRemaining(fields::add);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    String type = any.event().getClass().getSimpleName();
    return fields.stream()
        .filter(field -> !without.contains(field))
        .map(field -> Arguments.of(type, field, any));
  }

  private static String sentenceOfMissing(String field) {
    return switch (field) {
      case "run_id" -> "run_id does not begin with its date, as in 20260131-abc";
      default -> field + " is missing";
    };
  }

  private static List<JsonNode> ofOtherTypes(JsonNode right) throws Exception {
    List<JsonNode> wrong =
        new ArrayList<>(
            List.of(
                MAPPER.readTree("{\"" + SECRET + "\":{}}"),
                MAPPER.readTree("[[\"" + SECRET + "\"]]")));
    if (!right.isTextual()) {
      wrong.add(MAPPER.getNodeFactory().textNode(SECRET));
      wrong.add(MAPPER.getNodeFactory().textNode("1"));
    }
    if (!right.isBoolean()) {
      wrong.add(MAPPER.getNodeFactory().booleanNode(true));
    }
    if (!right.isNumber()) {
      wrong.add(MAPPER.getNodeFactory().numberNode(1));
      wrong.add(MAPPER.getNodeFactory().numberNode(0));
    }
    if (!right.isFloatingPointNumber()) {
      wrong.add(MAPPER.getNodeFactory().numberNode(1.5));
    }
    if (right.isNumber() && !right.isBigInteger()) {
      wrong.add(MAPPER.readTree("99999999999999999999999999"));
    }
    if (right.isArray()) {
      wrong.add(MAPPER.readTree("[null]"));
    }
    return wrong.stream().filter(other -> !isAllowed(right, other)).toList();
  }

  /** sum_of_squares has no largest value. */
  private static boolean isAllowed(JsonNode right, JsonNode other) {
    return right.isNumber() && right.asLong() == 10 && other.isBigInteger();
  }

  private static void assertRefused(AnyEvent any, byte[] json) {
    Throwable thrown = catchThrowable(() -> any.decode(json));
    assertThat(thrown).isInstanceOf(InvalidEventException.class);
    assertThat(thrown).hasMessageNotContaining(SECRET);
    assertThat(thrown).hasNoCause();
  }

  private static JsonNode parsed(String value) throws Exception {
    return value.equals("many") ? MAPPER.getNodeFactory().textNode(value) : MAPPER.readTree(value);
  }

  private static void set(ObjectNode node, String at, JsonNode value) {
    int last = at.lastIndexOf('/');
    String name = at.substring(last + 1);
    JsonNode owner = node.at(at.substring(0, last));
    if (owner instanceof ArrayNode array) {
      int index = Integer.parseInt(name);
      if (index < array.size()) {
        array.set(index, value);
      } else {
        array.add(value);
      }
    } else {
      ((ObjectNode) owner).set(name, value);
    }
  }

  private static ObjectNode node(AnyEvent any) throws Exception {
    return (ObjectNode) MAPPER.readTree(any.encode());
  }

  private static byte[] bytes(JsonNode node) throws Exception {
    return MAPPER.writeValueAsBytes(node);
  }

  private static byte[] concat(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }
}
