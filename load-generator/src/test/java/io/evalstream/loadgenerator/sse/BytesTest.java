package io.evalstream.loadgenerator.sse;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BytesTest {

  @Property
  void theFirstLineFeedIsFound(
      @ForAll @Size(max = 40) @ByteRange(min = 9, max = 12) byte[] bytes,
      @ForAll @IntRange(max = 10) int skipped) {
    int from = Math.min(skipped, bytes.length);
    int expected = from;
    while (expected < bytes.length && bytes[expected] != '\n') {
      expected++;
    }

    assertThat(Bytes.lineFeed(bytes, from, bytes.length)).isEqualTo(expected);
  }

  @Property
  void plainContentEndsWhereItEnds(@ForAll @Size(max = 40) byte[] bytes) {
    plainContentEnds(bytes);
  }

  @Property
  void plainContentEndsAtTheLimitsOfItsRange(
      @ForAll @Size(max = 40) @ByteRange(min = 30, max = 36) byte[] bytes) {
    plainContentEnds(bytes);
  }

  private static void plainContentEnds(byte[] bytes) {
    int expected = 0;
    while (expected < bytes.length
        && bytes[expected] >= ' '
        && bytes[expected] != '"'
        && bytes[expected] != '\\') {
      expected++;
    }
    int found = Bytes.endOfPlain(bytes, 0, bytes.length);

    assertThat(found).isLessThanOrEqualTo(expected);
    if (found < expected) {
      assertThat(bytes.length - found).isLessThan(Long.BYTES);
    }
  }
}
