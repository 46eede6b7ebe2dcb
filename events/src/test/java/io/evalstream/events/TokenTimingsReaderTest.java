package io.evalstream.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the bytes: a record or an error, the same as {@link EventCodec}'s. */
class TokenTimingsReaderTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DIGITS_AND_SYNTAX = "0123456789-+.eE,:\"\\[]{} \t\nntfu\u0000";

  /** One for all, as it is used: nothing that it remembers may change an answer. */
  private final TokenTimingsReader reader = new TokenTimingsReader();

  @Property(tries = 2_000)
  void anyRecord(@ForAll("records") TokenTimings record) {
    byte[] json = EventCodec.encode(record);

    assertSame(json);
    assertSame(json);
  }

  @Property(tries = 3_000)
  void aRecordWithBytesChanged(@ForAll("records") TokenTimings record, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = EventCodec.encode(record);
    assertSame(json);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      json = changed(json, random);
    }

    assertSame(json);
  }

  @Property(tries = 500)
  void aRecordWithOneDigitOrSignChangedWhereNumbersAre(
      @ForAll("records") TokenTimings record,
      @ForAll @IntRange(max = 1_000) int position,
      @ForAll long seed) {
    byte[] json = EventCodec.encode(record);
    assertSame(json);
    int numbers = new String(json, StandardCharsets.ISO_8859_1).lastIndexOf("\"chunk_index\"");
    json[numbers + position % (json.length - numbers)] = syntax(new Random(seed));

    assertSame(json);
  }

  @Property(tries = 500)
  void aRecordInAnotherOrderOrWithMoreOrLessInIt(
      @ForAll("records") TokenTimings record, @ForAll long seed) throws Exception {
    Random random = new Random(seed);
    ObjectNode node = (ObjectNode) MAPPER.readTree(EventCodec.encode(record));
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    if (random.nextBoolean()) {
      Collections.shuffle(names, random);
    }
    ObjectNode other = MAPPER.createObjectNode();
    for (String name : names) {
      if (random.nextInt(12) != 0) {
        other.set(name, node.get(name));
      }
      if (random.nextInt(12) == 0) {
        other.put("later_" + name, "x");
      }
      if (random.nextInt(40) == 0) {
        other.putNull(name);
      }
    }

    assertSame(MAPPER.writeValueAsBytes(other));
    assertSame(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(other));
  }

  @Property(tries = 300)
  void aFieldGivenTwice(@ForAll("records") TokenTimings record, @ForAll long seed) {
    String json = new String(EventCodec.encode(record), StandardCharsets.UTF_8);
    List<String> twice = List.of("\"v\":2", "\"sequence\":5", "\"gaps_us\":[1]", "\"tokens\":null");
    String field = twice.get(new Random(seed).nextInt(twice.size()));

    assertSame(utf8(json.substring(0, json.length() - 1) + "," + field + "}"));
    assertSame(utf8("{" + field + "," + json.substring(1)));
  }

  @Property(tries = 1_000)
  void anyBytes(@ForAll byte[] bytes) {
    assertSame(bytes);
  }

  @Example
  void cutShortAnywhere() {
    byte[] json = EventCodec.encode(record(new int[] {1, 22, 333_333, 4}, new int[] {1, 2, 3, 4}));
    assertSame(json);

    for (int length = 0; length < json.length; length++) {
      assertSame(Arrays.copyOf(json, length));
    }
  }

  @Example
  void noValue() {
    assertSame(null);
  }

  @Example
  void numbersOfEveryLength() {
    for (long number = 1; number <= Integer.MAX_VALUE; number *= 7) {
      int gap = (int) number;
      assertSame(EventCodec.encode(record(new int[] {gap}, null)));
      assertSame(EventCodec.encode(record(new int[] {0, gap, (gap - 1) % 1_000_000_000}, null)));
    }
  }

  @Example
  void numbersThatJsonOrTheContractRefuses() {
    String json =
        new String(EventCodec.encode(record(new int[] {77}, null)), StandardCharsets.UTF_8);
    for (String number :
        List.of("", "00", "077", "-0", "-77", "7.0", "7e1", "2147483648", "99999999999999999999")) {
      assertSame(utf8(json.replace("[77]", "[" + number + "]")));
      assertSame(utf8(json.replace("[77]", "[77," + number + "]")));
      assertSame(utf8(json.replace("\"sequence\":3", "\"sequence\":" + number)));
      assertSame(utf8(json.replace("\"chunk_index\":8", "\"chunk_index\":" + number)));
      assertSame(utf8(json.replace("\"at_us\":1770000000000000", "\"at_us\":" + number)));
    }
  }

  /** The last numbers that the contract allows and those behind them. */
  @Example
  void limits() {
    String json =
        new String(EventCodec.encode(record(new int[] {77}, null)), StandardCharsets.UTF_8);
    for (String other :
        List.of(
            json.replace("\"sequence\":3", "\"sequence\":9007199254740991"),
            json.replace("\"sequence\":3", "\"sequence\":9007199254740992"),
            json.replace("\"at_us\":1770000000000000", "\"at_us\":4102444800000000"),
            json.replace("\"at_us\":1770000000000000", "\"at_us\":4102444800000001"),
            json.replace("\"at_us\":1770000000000000", "\"at_us\":77"),
            json.replace("\"at_us\":1770000000000000", "\"at_us\":76"),
            json.replace("[77]", "[77],\"tokens\":[1000000]"),
            json.replace("[77]", "[77],\"tokens\":[1000001]"),
            json.replace("[77]", "[77],\"tokens\":[1,1]"),
            json.replace("[77]", "[]"),
            json.replace("[77]", "[" + "9000000,".repeat(399) + "9000000]"),
            json.replace("[77]", "[" + "9000000,".repeat(399) + "9000001]"),
            json.replace("\"r\"", quoted("r".repeat(Event.MAX_NAME))),
            json.replace("\"r\"", quoted("r".repeat(Event.MAX_NAME + 1))),
            json.replace("\"p\"", quoted("p".repeat(Event.MAX_NAME + 1))),
            json.replace("\"s\"", quoted("s".repeat(Event.MAX_NAME + 1))),
            json.replace("\"s\"", quoted("😀".repeat(Event.MAX_NAME))),
            json.replace("\"chunk_index\":8", "\"chunk_index\":2147483647"),
            json.replace("\"chunk_index\":8", "\"chunk_index\":2147483648"))) {
      assertThat(other).isNotEqualTo(json);
      assertSame(utf8(other));
      assertSame(utf8(other));
    }
  }

  @Example
  void whatIsPlainIsReadWithoutMakingTexts() {
    byte[] json = EventCodec.encode(record(new int[] {5, 6}, null));
    reader.read(json);
    String runId = reader.runId();
    reader.read(EventCodec.encode(record(new int[] {7}, new int[] {2})));

    assertThat(reader.runId()).isSameAs(runId);
    assertThat(reader.tokenCount()).isEqualTo(2);
  }

  @Example
  void moreNamesThanItRemembers() {
    for (int i = 0; i < KnownTexts.MAX_TEXTS + 2; i++) {
      reader.read(EventCodec.encode(record("p" + i, new int[] {5})));
    }

    assertSame(EventCodec.encode(record("p0", new int[] {5})));
    assertSame(EventCodec.encode(record("p" + KnownTexts.MAX_TEXTS, new int[] {5})));
  }

  @Provide
  Arbitrary<TokenTimings> records() {
    Arbitrary<String> names =
        Arbitraries.of(
            "p", "producer-1", "12345678", "한국어", "a\"b", "\\", "ü\n", "😀", "\uD83D", "?");
    Arbitrary<String> runIds =
        Arbitraries.of("20260131-a", "20260131-" + "r".repeat(31), "20991231.");
    Arbitrary<int[]> gaps =
        Arbitraries.oneOf(
                Arbitraries.integers().between(0, 99_999),
                Arbitraries.integers().between(0, 20_000_000),
                Arbitraries.of(0, 9_999_999, 10_000_000, Integer.MAX_VALUE))
            .array(int[].class)
            .ofMinSize(1)
            .ofMaxSize(70);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<Long> sequences = Arbitraries.longs().between(0, (1L << 53) - 1);
    return Combinators.combine(runIds, names, names, names, sequences, flags, flags, gaps)
        .as(
            (run, producer, scenario, request, sequence, first, plain, gap) -> {
              for (long span = 0, i = 0; i < gap.length; i++) {
                span += gap[(int) i];
                gap[(int) i] = span > TokenTimings.MAX_SPAN_US ? 0 : gap[(int) i];
                span = Math.min(span, TokenTimings.MAX_SPAN_US);
              }
              int[] tokens = new int[gap.length + (first ? 1 : 0)];
              Arrays.setAll(tokens, i -> gap[i % gap.length] % 1_000_001);
              return new TokenTimings(
                  1,
                  run,
                  producer,
                  sequence,
                  scenario,
                  request,
                  first ? 0 : 1 + gap[0] / 2,
                  1_770_000_000_000_000L + gap[0],
                  gap,
                  plain ? null : tokens);
            });
  }

  private static byte[] changed(byte[] json, Random random) {
    int position = random.nextInt(json.length);
    return switch (random.nextInt(4)) {
      case 0 -> replaced(json, position, (byte) random.nextInt());
      case 1 -> replaced(json, position, syntax(random));
      case 2 -> spliced(json, position, position + 1, new byte[0]);
      default -> spliced(json, position, position, new byte[] {syntax(random)});
    };
  }

  private static byte[] replaced(byte[] json, int position, byte by) {
    return spliced(json, position, position + 1, new byte[] {by});
  }

  private static byte[] spliced(byte[] json, int from, int to, byte[] between) {
    return ByteBuffer.allocate(json.length - (to - from) + between.length)
        .put(json, 0, from)
        .put(between)
        .put(json, to, json.length - to)
        .array();
  }

  private static byte syntax(Random random) {
    return (byte) DIGITS_AND_SYNTAX.charAt(random.nextInt(DIGITS_AND_SYNTAX.length()));
  }

  private static TokenTimings record(int[] gaps, int[] tokens) {
    return new TokenTimings(
        1, "20260131-a", "p", 3, "s", "r", 8, 1_770_000_000_000_000L, gaps, tokens);
  }

  private static TokenTimings record(String producer, int[] gaps) {
    return new TokenTimings(
        1, "20260131-a", producer, 3, "s", "r", 8, 1_770_000_000_000_000L, gaps, null);
  }

  private void assertSame(byte[] json) {
    assertThat(answer(json)).isEqualTo(answerOfCodec(json));
  }

  private String answer(byte[] json) {
    try {
      reader.read(json);
    } catch (InvalidEventException e) {
      return "error: " + e.getMessage();
    }
    int[] tokens = reader.tokens();
    return String.join(
        " | ",
        Integer.toString(reader.v()),
        reader.runId(),
        reader.producerId(),
        Long.toString(reader.sequence()),
        reader.scenario(),
        Integer.toString(reader.chunkIndex()),
        Long.toString(reader.atUs()),
        Arrays.toString(Arrays.copyOf(reader.gapsUs(), reader.gaps())),
        tokens == null ? "one each" : Arrays.toString(Arrays.copyOf(tokens, reader.chunks())),
        Integer.toString(reader.chunks()),
        Long.toString(reader.tokenCount()));
  }

  private static String answerOfCodec(byte[] json) {
    TokenTimings record;
    try {
      record = EventCodec.decode(json, TokenTimings.class);
    } catch (InvalidEventException e) {
      return "error: " + e.getMessage();
    }
    return String.join(
        " | ",
        Integer.toString(record.v()),
        record.runId(),
        record.producerId(),
        Long.toString(record.sequence()),
        record.scenario(),
        Integer.toString(record.chunkIndex()),
        Long.toString(record.atUs()),
        Arrays.toString(record.gapsUs()),
        record.tokens() == null ? "one each" : Arrays.toString(record.tokens()),
        Integer.toString(record.chunks()),
        Long.toString(record.tokenCount()));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
