package io.evalstream.loadgenerator.sse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in byte arrays, eight bytes at a time. A byte of the words below is marked by its
 * highest bit; above the lowest mark there may be wrong ones, so only the lowest is used.
 */
final class Bytes {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Bytes() {}

  /** Where the first line feed is, from {@code from} on; {@code to} when there is none. */
  static int lineFeed(byte[] bytes, int from, int to) {
    int position = from;
    for (; position <= to - Long.BYTES; position += Long.BYTES) {
      long marks = equal(word(bytes, position), '\n');
      if (marks != 0) {
        return position + lowest(marks);
      }
    }
    while (position < to && bytes[position] != '\n') {
      position++;
    }
    return position;
  }

  /**
   * Where the first byte is that may not be plain content of a JSON string: a quote, a backslash, a
   * control character or what is not ASCII. The bytes before the answer are plain; that one may be,
   * when fewer than eight bytes are left.
   */
  static int endOfPlain(byte[] bytes, int from, int to) {
    int position = from;
    for (; position <= to - Long.BYTES; position += Long.BYTES) {
      long word = word(bytes, position);
      long control = (word - ONES * ' ') & ~word & HIGHS;
      long marks = equal(word, '"') | equal(word, '\\') | control | (word & HIGHS);
      if (marks != 0) {
        return position + lowest(marks);
      }
    }
    return position;
  }

  private static long word(byte[] bytes, int position) {
    return (long) WORDS.get(bytes, position);
  }

  private static long equal(long word, char wanted) {
    long difference = word ^ (ONES * wanted);
    return (difference - ONES) & ~difference & HIGHS;
  }

  private static int lowest(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }
}
