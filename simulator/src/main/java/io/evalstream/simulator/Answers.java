package io.evalstream.simulator;

import java.util.Objects;

/**
 * What the answers look like.
 *
 * @param endOfSequence whether an answer may end before max_tokens; when false every request is
 *     treated as if it asked for ignore_eos
 * @param answerLength how many tokens an answer has when nothing cuts it short
 * @param reasoningTokens how many tokens of a chat answer come first, as reasoning
 */
public record Answers(boolean endOfSequence, CountDistribution answerLength, int reasoningTokens) {

  public Answers {
    Objects.requireNonNull(answerLength, "answer-length");
    if (reasoningTokens < 0) {
      throw new IllegalArgumentException(
          "reasoning-tokens is " + reasoningTokens + "; give 0 or more");
    }
  }
}
