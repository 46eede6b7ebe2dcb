package io.evalstream.events;

/**
 * The timing of consecutive chunks of one response, on topic {@code token-timings}. A response that
 * lasts is written in several records.
 *
 * @param scenario the part of the run's plan that the request belongs to
 * @param requestId the request, unique in its run
 * @param chunkIndex index in the response of this record's first chunk; 0 is the response's first,
 *     which has no gap before it
 * @param atUs instant of this record's last chunk
 * @param gapsUs time before each chunk since the chunk before it, in order; one fewer than the
 *     chunks when {@code chunkIndex} is 0; together no more than an hour
 * @param tokens tokens in each chunk, in order; null when each holds exactly one
 */
public record TokenTimings(
    int v,
    String runId,
    String producerId,
    long sequence,
    String scenario,
    String requestId,
    int chunkIndex,
    long atUs,
    int[] gapsUs,
    int[] tokens)
    implements Event {

  static final int MAX_CHUNK_TOKENS = 1_000_000;

  /** From the first gap to the last chunk, µs: an hour, so that windows of a record are few. */
  static final long MAX_SPAN_US = 3_600_000_000L;

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public TokenTimings {
    Checks.common(v, runId, producerId, sequence);
    Checks.name("scenario", scenario);
    Checks.name("request_id", requestId);
    Checks.notNegative("chunk_index", chunkIndex);
    Checks.instant("at_us", atUs);
    Checks.present("gaps_us", gapsUs);
    long sinceFirst = 0;
    for (int gap : gapsUs) {
      Checks.notNegative("gaps_us", gap);
      sinceFirst += gap;
    }
    if (sinceFirst > atUs) {
      throw new InvalidEventException("gaps_us reaches back beyond the epoch");
    }
    if (sinceFirst > MAX_SPAN_US) {
      throw new InvalidEventException("gaps_us is of more than an hour: write records more often");
    }
    int chunks = gapsUs.length + (chunkIndex == 0 ? 1 : 0);
    if (chunks == 0) {
      throw new InvalidEventException("gaps_us is empty and the record holds no first chunk");
    }
    if (tokens != null) {
      if (tokens.length != chunks) {
        throw new InvalidEventException(
            "tokens has " + tokens.length + " entries for " + chunks + " chunks");
      }
      for (int count : tokens) {
        Checks.notNegative("tokens", count);
        if (count > MAX_CHUNK_TOKENS) {
          throw new InvalidEventException("tokens holds a chunk of more than a million");
        }
      }
    }
  }

  /** Chunks in this record. */
  public int chunks() {
    return gapsUs.length + (chunkIndex == 0 ? 1 : 0);
  }

  /** Tokens in this record. */
  public long tokenCount() {
    if (tokens == null) {
      return chunks();
    }
    long sum = 0;
    for (int count : tokens) {
      sum += count;
    }
    return sum;
  }
}
