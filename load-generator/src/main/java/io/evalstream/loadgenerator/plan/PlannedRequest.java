package io.evalstream.loadgenerator.plan;

/**
 * One request of a plan.
 *
 * @param index position in the plan, from 0
 * @param promptId names the prompt; the same for the same seed, index and length
 * @param prompt what it asks; of a conversation, what this turn adds
 * @param maxOutputTokens tokens to ask for
 * @param offsetNanos when to send it, after the start of the run or of its block; 0 throughout when
 *     nothing but the concurrency decides; of a later turn, that of the first
 * @param model the model to ask, such as a LoRA module; null for the run's
 * @param block where it stands in a run that is cut into blocks; null in others
 * @param turn where it stands in its conversation; null when it belongs to none
 */
public record PlannedRequest(
    int index,
    String promptId,
    Prompt prompt,
    int maxOutputTokens,
    long offsetNanos,
    String model,
    InBlock block,
    Turn turn) {

  /**
   * A place in a block.
   *
   * @param number the block, from 0
   * @param warmUp whether the request is of its warm-up
   */
  public record InBlock(int number, boolean warmUp) {}

  /**
   * A place in a conversation, whose turns have consecutive indexes.
   *
   * @param conversation which, from 0
   * @param number the turn, from 0; sent when the one before it has been answered
   */
  public record Turn(int conversation, int number) {}

  /** A request to the run's model. */
  static PlannedRequest of(int index, Prompt prompt, int maxOutputTokens, long offsetNanos) {
    return new PlannedRequest(
        index, prompt.id(), prompt, maxOutputTokens, offsetNanos, null, null, null);
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

  /** Whether the plan says when it is sent: later turns come when their time comes. */
  public boolean starts() {
    return turn == null || turn.number() == 0;
  }

  /** Its conversation, or itself where there are none: what cannot be shared out any further. */
  public int unit() {
    return turn == null ? index : turn.conversation();
  }

  /** The same request to another model. */
  PlannedRequest to(String otherModel) {
    return new PlannedRequest(
        index, promptId, prompt, maxOutputTokens, offsetNanos, otherModel, block, turn);
  }

  /** The same request as a turn. */
  PlannedRequest as(Turn place) {
    return new PlannedRequest(
        index, promptId, prompt, maxOutputTokens, offsetNanos, model, block, place);
  }

  /**
   * The same request in a later block, with a prompt of the block's own where it is drawn.
   *
   * @param size requests of a block
   * @param conversations conversations of a block
   */
  PlannedRequest in(InBlock place, int size, int conversations) {
    Prompt own = prompt.inBlock(place.number());
    return new PlannedRequest(
        index + place.number() * size,
        own.id(),
        own,
        maxOutputTokens,
        offsetNanos,
        model,
        place,
        turn == null
            ? null
            : new Turn(turn.conversation() + place.number() * conversations, turn.number()));
  }

  /** The same request at the beginning of a run, under another index, and by itself. */
  public PlannedRequest again(int otherIndex) {
    return new PlannedRequest(otherIndex, promptId, prompt, maxOutputTokens, 0, model, null, null);
  }
}
