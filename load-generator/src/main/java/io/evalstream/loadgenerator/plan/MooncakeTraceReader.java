package io.evalstream.loadgenerator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reads traces in Mooncake's format (kvcache-ai/Mooncake): one object per line with {@code
 * timestamp} in milliseconds, {@code input_length}, {@code output_length} and {@code hash_ids}, one
 * per block of 512 tokens of the prompt, the last of which may be shorter. Equal ids stand for
 * equal blocks behind equal beginnings. Without ids a prompt shares nothing.
 */
final class MooncakeTraceReader {

  /** Tokens of a block. */
  static final int BLOCK = 512;

  private static final String WHAT = "the trace";
  private static final int MAX_TOKENS = 10_000_000;

  private MooncakeTraceReader() {}

  /**
   * The whole trace, in the file's order.
   *
   * @throws PlanException naming the file, the line and what is wrong with it
   */
  static List<TraceReader.Entry> read(Path file) {
    List<TraceReader.Entry> entries = new ArrayList<>();
    JsonLines.read(
        WHAT,
        file,
        (number, line) -> {
          JsonNode at = line.path("timestamp");
          if (!at.isNumber() || at.doubleValue() < 0) {
            throw JsonLines.broken(
                WHAT, file, number, "timestamp is no number of milliseconds from 0 on");
          }
          int input = length(file, number, line, "input_length");
          entries.add(
              new TraceReader.Entry(
                  Math.round(at.doubleValue() * TimeUnit.MILLISECONDS.toNanos(1)),
                  input,
                  length(file, number, line, "output_length"),
                  blocks(file, number, line.path("hash_ids"), input)));
        });
    return entries;
  }

  private static int length(Path file, int number, JsonNode line, String field) {
    JsonNode length = line.path(field);
    if (!length.isIntegralNumber()
        || !length.canConvertToInt()
        || length.intValue() < 0
        || length.intValue() > MAX_TOKENS) {
      throw JsonLines.broken(WHAT, file, number, field + " is no number from 0 to " + MAX_TOKENS);
    }
    return length.intValue();
  }

  private static List<Long> blocks(Path file, int number, JsonNode ids, int input) {
    if (ids.isMissingNode() || ids.isEmpty()) {
      return List.of();
    }
    int needed = (Math.max(1, input) + BLOCK - 1) / BLOCK;
    if (ids.size() != needed) {
      throw JsonLines.broken(
          WHAT,
          file,
          number,
          "it has %d hash_ids for %d tokens, which are %d blocks of %d"
              .formatted(ids.size(), input, needed, BLOCK));
    }
    List<Long> blocks = new ArrayList<>(ids.size());
    for (JsonNode id : ids) {
      if (!id.isIntegralNumber() || !id.canConvertToLong()) {
        throw JsonLines.broken(WHAT, file, number, "hash_ids holds something else than numbers");
      }
      blocks.add(id.longValue());
    }
    return blocks;
  }
}
