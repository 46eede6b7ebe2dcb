package io.evalstream.loadgenerator.plan;

/**
 * One request of a plan.
 *
 * @param index position in the plan, from 0
 * @param promptId names the prompt; the same for the same seed, index and length
 * @param prompt what it asks
 * @param maxOutputTokens tokens to ask for
 * @param offsetNanos when to send it, after the run's start; 0 throughout when nothing but the
 *     concurrency decides
 * @param model the model to ask, such as a LoRA module; null for the run's
 */
public record PlannedRequest(
    int index,
    String promptId,
    Prompt prompt,
    int maxOutputTokens,
    long offsetNanos,
    String model) {

  /** A request to the run's model. */
  static PlannedRequest of(int index, Prompt prompt, int maxOutputTokens, long offsetNanos) {
    return new PlannedRequest(index, prompt.id(), prompt, maxOutputTokens, offsetNanos, null);
  }

  static PlannedRequest random(
      long seed, int index, int promptTokens, int maxOutputTokens, long offsetNanos) {
    return of(
        index,
        TokenPrompt.of(promptSeed(seed, index, promptTokens), promptTokens),
        maxOutputTokens,
        offsetNanos);
  }

  /** Decides the tokens of a prompt that shares nothing with others. */
  static long promptSeed(long seed, int index, int promptTokens) {
    return SeededRandom.mix(SeededRandom.mix(seed, index), promptTokens);
  }

  /** Tokens that the prompt is made of; of a text, an estimate. */
  public int promptTokens() {
    return prompt.tokens();
  }

  /** The same request to another model. */
  PlannedRequest to(String otherModel) {
    return new PlannedRequest(index, promptId, prompt, maxOutputTokens, offsetNanos, otherModel);
  }

  /** The same request at the beginning of a run, under another index. */
  public PlannedRequest again(int otherIndex) {
    return new PlannedRequest(otherIndex, promptId, prompt, maxOutputTokens, 0, model);
  }
}
