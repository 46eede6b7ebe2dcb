package io.evalstream.bench;

import io.evalstream.events.EventCodec;
import io.evalstream.events.TokenTimings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Records of topic {@code token-timings} as load generators write them: many responses at a time,
 * each flushed every 200 ms.
 */
final class Records {

  /** The run that all records belong to. */
  static final String RUN = "20260131-benchmark-7f3a";

  static final String SCENARIO = "chat";
  static final int PRODUCERS = 4;

  private static final long FLUSH_US = 200_000;
  private static final int RESPONSE_CHUNKS = 600;
  private static final double SPREAD = 0.3;

  /**
   * How fast responses are.
   *
   * @param fewestGaps in a record of the slowest response, about
   * @param mostGaps in a record of the fastest
   * @param responses how many run at a time
   * @param partitions of the topic
   * @param count how many records there are
   */
  record Shape(
      int fewestGaps, int mostGaps, int responses, int partitions, int count) {}

  /** A record, and where it goes. */
  record Sent(int partition, byte[] key, byte[] json, int tokens) {}

  private static final class Response {
    String id;
    long atUs;
    long flushAtUs;
    int chunks;
    long gapUs;
  }

  private final Shape shape;
  private final SplittableRandom random = new SplittableRandom(20260131);
  private final Response[] responses;
  private final long[][] sequences;
  private final int[] gaps = new int[64];
  private final double[] spread = new double[4_096];
  private long nextRequest;
  private int next;

  /**
   * @param endUs when the last of them is written, about
   */
  Records(Shape shape, long endUs) {
    this.shape = shape;
    responses = new Response[shape.responses];
    sequences = new long[PRODUCERS][shape.partitions];
    for (int i = 0; i < spread.length; i++) {
      spread[i] = Math.exp(SPREAD * random.nextGaussian());
    }
    long spanUs = (long) shape.count / shape.responses * FLUSH_US;
    for (int i = 0; i < responses.length; i++) {
      responses[i] = begin(endUs - spanUs + random.nextLong(FLUSH_US));
    }
  }

  /** The next record. */
  Sent next() {
    int index = next++ % responses.length;
    Response response = responses[index];
    int firstChunk = response.chunks;
    response.flushAtUs += FLUSH_US;
    int count = 0;
    if (firstChunk == 0) {
      response.chunks++;
    }
    while (count < gaps.length && response.chunks < RESPONSE_CHUNKS) {
      int gap = Math.max(1, (int) (response.gapUs * spread[random.nextInt(spread.length)]));
      if (response.atUs + gap > response.flushAtUs && count > 0) {
        break;
      }
      gaps[count++] = gap;
      response.chunks++;
      response.atUs += gap;
    }
    int producer = index % PRODUCERS;
    int partition = Math.floorMod(response.id.hashCode(), shape.partitions);
    TokenTimings record =
        new TokenTimings(
            1,
            RUN,
            "generator-" + producer + "-5d9c8b7f6-x2vq" + producer,
            sequences[producer][partition]++,
            SCENARIO,
            response.id,
            firstChunk,
            response.atUs,
            Arrays.copyOf(gaps, count),
            null);
    if (response.chunks >= RESPONSE_CHUNKS) {
      responses[index] = begin(response.flushAtUs);
    }
    return new Sent(
        partition,
        response.id.getBytes(StandardCharsets.US_ASCII),
        EventCodec.encode(record),
        record.chunks());
  }

  private Response begin(long atUs) {
    Response response = new Response();
    response.id = RUN + "-" + nextRequest++;
    response.atUs = atUs;
    response.flushAtUs = atUs;
    response.gapUs = FLUSH_US / random.nextInt(shape.fewestGaps, shape.mostGaps + 1);
    return response;
  }
}
