package io.evalstream.loadgenerator.plan;

/**
 * One request of a plan.
 *
 * @param index position in the plan, from 0
 * @param promptId names the prompt; the same for the same seed, index and length
 * @param promptSeed decides every token of the prompt
 * @param promptTokens tokens that the prompt is made of
 * @param maxOutputTokens tokens to ask for
 * @param offsetNanos when to send it, after the run's start; 0 throughout when nothing but the
 *     concurrency decides
 */
public record PlannedRequest(
    int index,
    String promptId,
    long promptSeed,
    int promptTokens,
    int maxOutputTokens,
    long offsetNanos) {

  static PlannedRequest random(
      long seed, int index, int promptTokens, int maxOutputTokens, long offsetNanos) {
    long promptSeed = SeededRandom.mix(SeededRandom.mix(seed, index), promptTokens);
    String promptId = "random-" + "%016x".formatted(promptSeed);
    return new PlannedRequest(
        index, promptId, promptSeed, promptTokens, maxOutputTokens, offsetNanos);
  }
}
