package io.evalstream.events;

/**
 * One finished request, on topic {@code request-outcomes}.
 *
 * @param scenario the part of the run's plan that the request belongs to
 * @param requestId the request, unique in its run
 * @param index position in the scenario's seeded plan, from 0
 * @param promptId the prompt: which entry of the dataset, or the hash of what was generated
 * @param scheduledAtUs when the plan wanted it sent
 * @param sentAtUs when its first byte was written; null when no connection was made
 * @param firstTokenAtUs when the first chunk with output was read; null when none came
 * @param lastTokenAtUs when the last chunk with output was read; null when none came
 * @param finishedAtUs when it ended, well or not
 * @param promptTokens tokens of the prompt, as the server counted them where it said so
 * @param outputTokens tokens generated
 * @param chunks chunks with output that were read
 * @param maxGapUs the longest gap between two consecutive chunks; null with fewer than two
 * @param httpStatus the response's status; null when none came
 * @param error what went wrong, in one sentence without payload; null when {@code ok}
 * @param finishReason the server's reason ({@code stop}, {@code length}); null when it gave none
 * @param block the block of the scenario that it belongs to, from 0; null in a run without blocks
 * @param warmUp whether it is of its block's warm-up, which counts in no comparison; null without
 *     block
 * @param arm the server it went to; null unless the run compares two, which both get every index
 * @param turn its place in its conversation, from 0; null when it belongs to none
 */
public record RequestOutcome(
    int v,
    String runId,
    String producerId,
    long sequence,
    String scenario,
    String requestId,
    long index,
    String promptId,
    long scheduledAtUs,
    Long sentAtUs,
    Long firstTokenAtUs,
    Long lastTokenAtUs,
    long finishedAtUs,
    long promptTokens,
    long outputTokens,
    long chunks,
    Long maxGapUs,
    RequestStatus status,
    Integer httpStatus,
    String error,
    String finishReason,
    Integer block,
    Boolean warmUp,
    Arm arm,
    Integer turn)
    implements Event {

  /** A request that is of no block, no arm and no conversation. */
  public RequestOutcome(
      int v,
      String runId,
      String producerId,
      long sequence,
      String scenario,
      String requestId,
      long index,
      String promptId,
      long scheduledAtUs,
      Long sentAtUs,
      Long firstTokenAtUs,
      Long lastTokenAtUs,
      long finishedAtUs,
      long promptTokens,
      long outputTokens,
      long chunks,
      Long maxGapUs,
      RequestStatus status,
      Integer httpStatus,
      String error,
      String finishReason) {
    this(
        v,
        runId,
        producerId,
        sequence,
        scenario,
        requestId,
        index,
        promptId,
        scheduledAtUs,
        sentAtUs,
        firstTokenAtUs,
        lastTokenAtUs,
        finishedAtUs,
        promptTokens,
        outputTokens,
        chunks,
        maxGapUs,
        status,
        httpStatus,
        error,
        finishReason,
        null,
        null,
        null,
        null);
  }

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public RequestOutcome {
    Checks.common(v, runId, producerId, sequence);
    Checks.name("scenario", scenario);
    Checks.name("request_id", requestId);
    Checks.notNegative("index", index);
    Checks.name("prompt_id", promptId);
    Checks.instant("scheduled_at_us", scheduledAtUs);
    Checks.instant("sent_at_us", sentAtUs);
    Checks.instant("first_token_at_us", firstTokenAtUs);
    Checks.instant("last_token_at_us", lastTokenAtUs);
    Checks.instant("finished_at_us", finishedAtUs);
    Checks.amount("prompt_tokens", promptTokens);
    Checks.amount("output_tokens", outputTokens);
    Checks.amount("chunks", chunks);
    Checks.notNegative("max_gap_us", maxGapUs);
    Checks.present("status", status);
    if (httpStatus != null && (httpStatus < 100 || httpStatus > 999)) {
      throw new InvalidEventException("http_status is not a number of three digits");
    }
    if (status == RequestStatus.OK && (sentAtUs == null || firstTokenAtUs == null)) {
      throw new InvalidEventException(
          "status is ok but sent_at_us or first_token_at_us is missing");
    }
    Checks.position("block", block);
    Checks.position("turn", turn);
    if (block == null) {
      if (warmUp != null || arm != null) {
        throw new InvalidEventException("block is missing");
      }
    } else {
      Checks.present("warm_up", warmUp);
    }
  }
}
