package io.evalstream.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads records of topic {@code token-timings} one after the other, with the answers and the errors
 * of {@link EventCodec}.
 *
 * <p>What {@link EventCodec#encode} writes is read in one walk over its bytes, eight at a time,
 * without making an object. All else (another order of fields, spaces, escapes, a name not met
 * before, a gap of ten seconds, whatever is wrong) is left to {@link EventCodec}.
 *
 * <p>It is itself the record read last; after an error it is none. For one thread.
 */
public final class TokenTimingsReader implements Event {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] BEFORE_RUN_ID = ascii("{\"v\":" + SCHEMA_VERSION + ",\"run_id\":\"");
  private static final byte[] BEFORE_PRODUCER_ID = ascii(",\"producer_id\":\"");
  private static final byte[] BEFORE_SEQUENCE = ascii(",\"sequence\":");
  private static final byte[] BEFORE_SCENARIO = ascii(",\"scenario\":\"");
  private static final byte[] BEFORE_REQUEST_ID = ascii(",\"request_id\":\"");
  private static final byte[] BEFORE_CHUNK_INDEX = ascii(",\"chunk_index\":");
  private static final byte[] BEFORE_AT_US = ascii(",\"at_us\":");
  private static final byte[] BEFORE_GAPS_US = ascii(",\"gaps_us\":[");
  private static final byte[] BEFORE_TOKENS = ascii(",\"tokens\":[");
  private static final byte[] END = ascii("}");

  private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final long ZEROS = '0' * EACH_BYTE;
  private static final int BLOCK = Long.SIZE;
  private static final int UNUSUAL = -1;

  /** Multiplied by it, the lowest bits of eight bytes become the highest byte. */
  private static final long GATHER = 0x0102_0408_1020_4080L;

  private final KnownTexts runIds = new KnownTexts();
  private final KnownTexts producerIds = new KnownTexts();
  private final KnownTexts scenarios = new KnownTexts();

  private byte[] json;
  private int at;

  private String runId;
  private String producerId;
  private long sequence;
  private String scenario;
  private int chunkIndex;
  private long atUs;
  private int[] gapsUs = new int[64];
  private int gaps;
  private int[] tokens = new int[64];
  private boolean oneTokenEach;
  private long tokenCount;

  /**
   * Reads a record, which replaces the one before.
   *
   * @throws InvalidEventException when the bytes are not JSON or do not keep the contract
   */
  public void read(byte[] value) {
    json = value;
    at = 0;
    if (value == null || value.length < Long.BYTES || !isPlain()) {
      take(EventCodec.decode(value, TokenTimings.class));
    }
  }

  @Override
  public int v() {
    return SCHEMA_VERSION;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public String producerId() {
    return producerId;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  /** See {@link TokenTimings#scenario()}. */
  public String scenario() {
    return scenario;
  }

  /** See {@link TokenTimings#chunkIndex()}. */
  public int chunkIndex() {
    return chunkIndex;
  }

  /** See {@link TokenTimings#atUs()}. */
  public long atUs() {
    return atUs;
  }

  /** How many gaps the record holds. */
  public int gaps() {
    return gaps;
  }

  /** The gaps, in the first {@link #gaps()} places; the reader's own array, until the next read. */
  public int[] gapsUs() {
    return gapsUs;
  }

  /** Chunks in the record. */
  public int chunks() {
    return gaps + (chunkIndex == 0 ? 1 : 0);
  }

  /**
   * Tokens of each chunk, in the first {@link #chunks()} places, or null when each holds exactly
   * one; the reader's own array, until the next read.
   */
  public int[] tokens() {
    return oneTokenEach ? null : tokens;
  }

  /** Tokens in the record. */
  public long tokenCount() {
    return tokenCount;
  }

  private void take(TokenTimings read) {
    runId = read.runId();
    producerId = read.producerId();
    sequence = read.sequence();
    scenario = read.scenario();
    chunkIndex = read.chunkIndex();
    atUs = read.atUs();
    gapsUs = read.gapsUs();
    gaps = gapsUs.length;
    oneTokenEach = read.tokens() == null;
    tokens = oneTokenEach ? tokens : read.tokens();
    tokenCount = read.tokenCount();
    runIds.add(runId);
    producerIds.add(producerId);
    scenarios.add(scenario);
  }

  /** Whether the record is as expected and keeps the contract; it has been read then. */
  private boolean isPlain() {
    return skip(BEFORE_RUN_ID)
        && (runId = known(runIds)) != null
        && skip(BEFORE_PRODUCER_ID)
        && (producerId = known(producerIds)) != null
        && skip(BEFORE_SEQUENCE)
        && (sequence = number(Checks.LARGEST_SEQUENCE)) != UNUSUAL
        && skip(BEFORE_SCENARIO)
        && (scenario = known(scenarios)) != null
        && skip(BEFORE_REQUEST_ID)
        && skipAsciiText()
        && skip(BEFORE_CHUNK_INDEX)
        && (chunkIndex = (int) number(Integer.MAX_VALUE)) != UNUSUAL
        && skip(BEFORE_AT_US)
        && (atUs = number(Checks.LATEST_US)) != UNUSUAL
        && skip(BEFORE_GAPS_US)
        && gapsArePlain()
        && tokensArePlain()
        && skip(END)
        && at == json.length;
  }

  private boolean gapsArePlain() {
    int limit = most();
    if (gapsUs.length < limit) {
      gapsUs = new int[limit];
    }
    gaps = numbers(gapsUs);
    long sinceFirst = 0;
    for (int i = 0; i < gaps; i++) {
      sinceFirst += gapsUs[i];
    }
    return gaps != UNUSUAL
        && sinceFirst <= Math.min(atUs, TokenTimings.MAX_SPAN_US)
        && chunks() > 0;
  }

  private boolean tokensArePlain() {
    oneTokenEach = !skip(BEFORE_TOKENS);
    tokenCount = chunks();
    if (oneTokenEach) {
      return true;
    }
    int limit = most();
    if (tokens.length < limit) {
      tokens = new int[limit];
    }
    int chunks = numbers(tokens);
    tokenCount = 0;
    int largest = 0;
    for (int i = 0; i < chunks; i++) {
      tokenCount += tokens[i];
      largest = Math.max(largest, tokens[i]);
    }
    return chunks == chunks() && largest <= TokenTimings.MAX_CHUNK_TOKENS;
  }

  /** No more numbers than this can follow: each takes two bytes. */
  private int most() {
    return (json.length - at) / 2 + 1;
  }

  private boolean skip(byte[] expected) {
    int end = at + expected.length;
    if (end > json.length || !Arrays.equals(json, at, end, expected, 0, expected.length)) {
      return false;
    }
    at = end;
    return true;
  }

  /** The text that ends here, when it has been met before; null otherwise. */
  private String known(KnownTexts texts) {
    int start = at;
    long hash = 0;
    while (at < json.length) {
      long word = word(at);
      long special = special(word);
      if (special != 0) {
        int bits = Long.numberOfTrailingZeros(special) & ~7;
        hash = KnownTexts.hash(hash, word & ~(-1L << bits));
        int end = at + bits / 8;
        at = end + 1;
        return end < json.length && json[end] == '"' ? texts.get(json, start, end, hash) : null;
      }
      hash = KnownTexts.hash(hash, word);
      at += Long.BYTES;
    }
    return null;
  }

  /** Passes over a text that needs no decoding and may be a name. */
  private boolean skipAsciiText() {
    int start = at;
    while (at < json.length) {
      long word = word(at);
      long special = special(word) | (word & HIGH_BITS);
      if (special != 0) {
        int end = at + Long.numberOfTrailingZeros(special) / 8;
        at = end + 1;
        return end > start && end - start <= MAX_NAME && end < json.length && json[end] == '"';
      }
      at += Long.BYTES;
    }
    return false;
  }

  /** A whole number that is not negative, as JSON writes it; {@link #UNUSUAL} for anything else. */
  private long number(long largest) {
    int start = at;
    long number = 0;
    while (at < json.length && json[at] >= '0' && json[at] <= '9' && at - start < 17) {
      number = 10 * number + (json[at++] - '0');
    }
    boolean written = at > start && (json[start] != '0' || at == start + 1);
    return written && number <= largest ? number : UNUSUAL;
  }

  /**
   * Numbers of up to seven digits with commas between them and a bracket behind. What lies between
   * them is looked for in {@link #BLOCK} bytes at once, so that no number waits for the one before.
   *
   * @param into has room for {@link #most()}
   * @return how many; {@link #UNUSUAL} for anything else
   */
  private int numbers(int[] into) {
    if (at < json.length && json[at] == ']') {
      at++;
      return 0;
    }
    int count = 0;
    int start = at;
    for (int block = at; block < json.length; block += BLOCK) {
      for (long ends = others(block); ends != 0; ends &= ends - 1) {
        int end = block + Long.numberOfTrailingZeros(ends);
        int length = end - start;
        if (length < 1 || length >= Long.BYTES || (length > 1 && json[start] == '0')) {
          return UNUSUAL;
        }
        long keep = -1L << (Long.SIZE - Byte.SIZE * length);
        into[count++] = decimal(((long) WORD.get(json, end - Long.BYTES) ^ ZEROS) & keep);
        start = end + 1;
        if (json[end] != ',') {
          at = start;
          return json[end] == ']' ? count : UNUSUAL;
        }
      }
    }
    return UNUSUAL;
  }

  /** A bit for each byte of a block that is no digit. */
  private long others(int block) {
    long others = 0;
    int end = Math.min(block + BLOCK, json.length);
    for (int position = block; position < end; position += Long.BYTES) {
      long digits = word(position) ^ ZEROS;
      long high = (((digits & ~HIGH_BITS) + (0x80 - 10) * EACH_BYTE) | digits) & HIGH_BITS;
      others |= (((high >>> 7) * GATHER) >>> (Long.SIZE - Byte.SIZE)) << (position - block);
    }
    return end == block + BLOCK ? others : others & ~(-1L << (end - block));
  }

  /** The number that eight digits make, the first of them in the lowest byte. */
  private static int decimal(long digits) {
    long pairs = ((digits * (10 * 256 + 1)) >>> 8) & 0x00FF_00FF_00FF_00FFL;
    long fours = ((pairs * (100 * 65_536 + 1)) >>> 16) & 0x0000_FFFF_0000_FFFFL;
    return (int) ((fours * (10_000 * (1L << 32) + 1)) >>> 32);
  }

  /** High bits; the lowest marks the first byte that is a quote, a backslash or a control. */
  private static long special(long word) {
    long quote = word ^ ('"' * EACH_BYTE);
    long backslash = word ^ ('\\' * EACH_BYTE);
    return (((quote - EACH_BYTE) & ~quote)
            | ((backslash - EACH_BYTE) & ~backslash)
            | ((word - ' ' * EACH_BYTE) & ~word))
        & HIGH_BITS;
  }

  /** The eight bytes from a position within the record on; zeros behind its end. */
  private long word(int position) {
    int last = json.length - Long.BYTES;
    return position <= last
        ? (long) WORD.get(json, position)
        : (long) WORD.get(json, last) >>> (Byte.SIZE * (position - last));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
