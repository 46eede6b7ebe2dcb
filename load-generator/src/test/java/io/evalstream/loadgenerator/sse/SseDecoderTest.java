package io.evalstream.loadgenerator.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SseDecoderTest {

  private static final String A = "{\"choices\":[{\"text\":\"a\"}]}";
  private static final String HANGUL = "{\"choices\":[{\"text\":\"한\"}]}";

  private final List<String> events = new ArrayList<>();
  private final SseDecoder decoder =
      new SseDecoder(event -> events.add(event.hasChoices() + "/" + event.completionTokens()));

  @Test
  void anEventIsToldWhenItsLineEnds() {
    feed("data: " + A);
    assertThat(events).isEmpty();
    feed("\n");
    assertThat(events).hasSize(1);
    feed("\n");
    assertThat(events).hasSize(1);
  }

  @Test
  void linesMayEndWithCrLfAndTheSpaceMayBeMissing() {
    feed("data:" + A + "\r\n\r\ndata: " + A + "\r\n\r\ndata: [DONE]\r\n\r\n");

    assertThat(events).hasSize(2);
    assertThat(decoder.state()).isEqualTo(SseDecoder.State.DONE);
  }

  @Test
  void commentsAndOtherFieldsArePassedOver() {
    feed(
        ": ping\nevent: message\nid: 1\nretry: 5\ndata\ndata:\n{\"choices\":[1]}\ndata: "
            + A
            + "\n");

    assertThat(events).hasSize(1);
    assertThat(decoder.state()).isEqualTo(SseDecoder.State.OPEN);
  }

  @Test
  void nothingIsToldAfterDone() {
    feed("data: [DONE]\n\n");
    assertThat(decoder.trailing()).isFalse();

    feed("data: " + A + "\n\n");

    assertThat(events).isEmpty();
    assertThat(decoder.trailing()).isTrue();
  }

  @Test
  void whatIsMalformedStopsIt() {
    feed("data: " + A + "\ndata: {\"choices\":[\ndata: " + A + "\n");

    assertThat(events).hasSize(1);
    assertThat(decoder.state()).isEqualTo(SseDecoder.State.MALFORMED);
  }

  @Test
  void theLastLineCountsWithoutItsEnd() {
    feed("data: " + A + "\n\ndata: [DONE]");
    decoder.end();

    assertThat(decoder.state()).isEqualTo(SseDecoder.State.DONE);
  }

  @Test
  void aLineWithoutEndIsTooLongAndNotKept() {
    String piece = "data: ".repeat(200_000);
    for (int i = 0; i < 5; i++) {
      feed(piece);
    }

    assertThat(decoder.state()).isEqualTo(SseDecoder.State.TOO_LONG);
  }

  @Property(tries = 1000)
  void theResultDoesNotDependOnTheReads(
      @ForAll("bodies") List<String> lines, @ForAll Random random) {
    byte[] body = String.join("", lines).getBytes(StandardCharsets.UTF_8);
    List<String> whole = new ArrayList<>();
    SseDecoder atOnce = new SseDecoder(event -> whole.add(told(event)));
    atOnce.feed(body, 0, body.length);
    atOnce.end();
    List<String> pieces = new ArrayList<>();
    SseDecoder inPieces = new SseDecoder(event -> pieces.add(told(event)));

    for (int from = 0; from < body.length; ) {
      int to = Math.min(body.length, from + 1 + random.nextInt(12));
      byte[] read = new byte[to - from + 2];
      System.arraycopy(body, from, read, 1, to - from);
      inPieces.feed(read, 1, 1 + to - from);
      from = to;
    }
    inPieces.end();

    assertThat(pieces).isEqualTo(whole);
    assertThat(inPieces.state()).isEqualTo(atOnce.state());
    assertThat(inPieces.trailing()).isEqualTo(atOnce.trailing());
  }

  @Property
  void anyBytesEndInAState(@ForAll byte[] bytes) {
    decoder.feed(bytes, 0, bytes.length);
    decoder.end();
  }

  @Provide
  Arbitrary<List<String>> bodies() {
    return Arbitraries.of(
            "data: " + A + "\n\n",
            "data:" + HANGUL + "\r\n\r\n",
            "data: {\"choices\":[],\"usage\":{\"completion_tokens\":42}}\n\n",
            ": ping\n\n",
            "event: x\r\n",
            "\n",
            "data: {broken\n",
            "data: [DONE]\n\n",
            "data: [DONE] \r\n",
            "data: {\"error\":{\"message\":\"한\"}}\n")
        .list()
        .ofMaxSize(12);
  }

  private static String told(StreamEvent event) {
    return event.hasChoices()
        + "/"
        + event.hasOutput()
        + "/"
        + event.completionTokens()
        + "/"
        + event.hasError()
        + "/"
        + event.errorMessage();
  }

  private void feed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    decoder.feed(bytes, 0, bytes.length);
  }
}
