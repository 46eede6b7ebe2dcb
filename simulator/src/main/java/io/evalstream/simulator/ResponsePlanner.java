package io.evalstream.simulator;

import io.evalstream.simulator.RequestSeed.Aspect;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Draws the plan of a request from the configuration and the request's seed. Thread-safe. */
final class ResponsePlanner {
  /** No offset is larger, so that no distribution makes one overflow. */
  private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

  private final Timing timing;
  private final Answers answers;
  private final Faults faults;

  ResponsePlanner(SimulatorConfig config) {
    this.timing = config.timing();
    this.answers = config.answers();
    this.faults = config.faults();
  }

  /** Whether the request is one of those refused before any answer. */
  boolean refuses(RequestSeed seed) {
    return seed.draws(Aspect.REFUSAL).nextDouble() < faults.failureRate();
  }

  ResponsePlan plan(GenerationRequest request) {
    RequestSeed seed = request.seed();
    int tokens = request.maxTokens();
    FinishReason reason = FinishReason.LENGTH;
    if (answers.endOfSequence() && !request.ignoreEos()) {
      int drawn =
          Math.max(request.minTokens(), answers.answerLength().draw(seed.draws(Aspect.LENGTH)));
      if (drawn < tokens) {
        tokens = drawn;
        reason = FinishReason.STOP;
      }
    }
    int reasoning = request.chat() ? Math.min(answers.reasoningTokens(), tokens) : 0;
    int[] bounds = tokenBounds(seed.draws(Aspect.CHUNK_TOKENS), tokens, reasoning);
    int chunks = bounds.length - 1;
    return new ResponsePlan(
        offsets(seed, request.promptTokens(), chunks),
        bounds,
        reasoning,
        reason,
        placeOf(seed.draws(Aspect.CUT), faults.cutRate(), chunks),
        placeOf(seed.draws(Aspect.GARBAGE), faults.garbageRate(), chunks));
  }

  private int[] tokenBounds(SplittableRandom random, int tokens, int reasoning) {
    int[] bounds = new int[tokens + 1];
    int chunks = 0;
    int sent = 0;
    while (sent < tokens) {
      int limit = sent < reasoning ? reasoning : tokens;
      sent = Math.min(limit, sent + timing.tokensPerChunk().draw(random));
      bounds[++chunks] = sent;
    }
    return Arrays.copyOf(bounds, chunks + 1);
  }

  private long[] offsets(RequestSeed seed, int promptTokens, int chunks) {
    SplittableRandom gaps = seed.draws(Aspect.GAPS);
    SplittableRandom stalls = seed.draws(Aspect.STALLS);
    long[] offsets = new long[chunks];
    long prefill =
        timing.prefillNanosPerToken() > LONGEST_NANOS / promptTokens
            ? LONGEST_NANOS
            : timing.prefillNanosPerToken() * promptTokens;
    long first = timing.timeToFirstToken().drawNanos(seed.draws(Aspect.FIRST_TOKEN));
    long offset = Math.min(LONGEST_NANOS, prefill + first);
    offsets[0] = offset;
    for (int i = 1; i < chunks; i++) {
      long gap = timing.interTokenLatency().drawNanos(gaps);
      if (faults.stallRate() > 0 && stalls.nextDouble() < faults.stallRate()) {
        gap += faults.stallNanos();
      }
      offset = Math.min(LONGEST_NANOS, offset + gap);
      offsets[i] = offset;
    }
    return offsets;
  }

  private static int placeOf(SplittableRandom random, double rate, int chunks) {
    boolean happens = random.nextDouble() < rate;
    return happens ? 1 + random.nextInt(Math.max(1, chunks - 1)) : ResponsePlan.NEVER;
  }
}
