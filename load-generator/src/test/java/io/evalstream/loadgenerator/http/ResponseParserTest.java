package io.evalstream.loadgenerator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {

  private final ResponseParser parser = new ResponseParser();
  private final Body body = new Body();

  @Test
  void readsABodyWithALength() {
    int used = feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloEXTRA");

    assertThat(body.status).isEqualTo(200);
    assertThat(body.text).hasToString("hello");
    assertThat(parser.complete()).isTrue();
    assertThat(parser.keepAlive()).isTrue();
    assertThat(used).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".length());
  }

  @Test
  void readsChunksExtensionsAndTrailers() {
    feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\ncontent-type: application/json\r\n\r\n");
    feed("3;a=b\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");

    assertThat(body.text).hasToString("abc0123456789");
    assertThat(body.json).isTrue();
    assertThat(parser.complete()).isTrue();
  }

  @Test
  void interimResponsesArePassedOver() {
    feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");

    assertThat(body.status).isEqualTo(204);
    assertThat(parser.complete()).isTrue();
  }

  @Test
  void theServerMayWantToClose() {
    feed("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    assertThat(parser.keepAlive()).isFalse();

    parser.reset();
    feed("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    assertThat(parser.keepAlive()).isFalse();
  }

  @Test
  void aBodyWithoutALengthEndsWithTheConnection() {
    feed("HTTP/1.1 200 OK\r\n\r\nabc");
    assertThat(parser.complete()).isFalse();

    parser.closed();

    assertThat(parser.complete()).isTrue();
    assertThat(parser.keepAlive()).isFalse();
  }

  @Test
  void aCutBodyIsNotComplete() {
    feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    parser.closed();

    assertThat(parser.complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200\r\n",
        "HTTP/1.1 99 x\r\n",
        "HTTP/1.1 2000\r\n",
        "\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n",
        "HTTP/1.1 101 Switching\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"
      })
  void whatIsNoHttpIsToldAsSuch(String text) {
    feed(text);

    assertThat(parser.problem()).isNotNull();
    assertThat(parser.complete()).isFalse();
  }

  @Test
  void aHeadWithoutEndIsGivenUp() {
    feed("HTTP/1.1 200 OK\r\n" + "x".repeat(70_000));
    assertThat(parser.problem()).isNotNull();

    parser.reset();
    feed("HTTP/1.1 200 OK\r\n" + "a: b\r\n".repeat(1001));
    assertThat(parser.problem()).isNotNull();
  }

  @Property(tries = 500)
  void theResultDoesNotDependOnTheReads(@ForAll("responses") String text, @ForAll Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ResponseParser atOnce = new ResponseParser();
    Body whole = new Body();
    int used = atOnce.feed(bytes, 0, bytes.length, whole);

    ResponseParser inPieces = new ResponseParser();
    Body pieces = new Body();
    int position = 0;
    while (position < bytes.length && !inPieces.complete() && inPieces.problem() == null) {
      int to = Math.min(bytes.length, position + 1 + random.nextInt(9));
      position = inPieces.feed(bytes, position, to, pieces);
    }

    assertThat(pieces.text).hasToString(whole.text.toString());
    assertThat(inPieces.complete()).isEqualTo(atOnce.complete());
    assertThat(inPieces.problem()).isEqualTo(atOnce.problem());
    if (atOnce.complete()) {
      assertThat(position).isEqualTo(used);
    }
  }

  @Property
  void anyBytesEndInAState(@ForAll byte[] bytes) {
    parser.feed(bytes, 0, bytes.length, body);
  }

  @Provide
  Arbitrary<String> responses() {
    Arbitrary<String> chunks =
        Arbitraries.strings()
            .ascii()
            .ofMinLength(1)
            .ofMaxLength(40)
            .map(s -> Integer.toHexString(s.length()) + "\r\n" + s + "\r\n")
            .list()
            .ofMaxSize(6)
            .map(list -> String.join("", list));
    Arbitrary<String> chunked =
        chunks.map(
            c -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + c + "0\r\n\r\nrest");
    Arbitrary<String> fixed =
        Arbitraries.strings()
            .ascii()
            .ofMaxLength(50)
            .map(s -> "HTTP/1.1 500 No\nContent-Length: " + s.length() + "\n\n" + s + "rest");
    Arbitrary<String> broken = chunked.map(s -> s.replace("0\r\n\r\nrest", "g\r\n"));
    return Arbitraries.oneOf(chunked, fixed, broken);
  }

  private int feed(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parser.feed(bytes, 0, bytes.length, body);
  }

  private static final class Body implements ResponseParser.Sink {
    private final StringBuilder text = new StringBuilder();
    private int status;
    private boolean json;

    @Override
    public void head(int newStatus, boolean newJson) {
      status = newStatus;
      json = newJson;
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
      text.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }
}
