package io.evalstream.loadgenerator.plan;

import java.util.List;

/**
 * Drawn tokens in segments. Prompts that begin with equal segments begin with equal tokens, which
 * is what a server's prefix cache looks for.
 *
 * @param segments in order; at least one
 */
public record TokenPrompt(List<Segment> segments) implements Prompt {

  /**
   * Tokens that a seed decides. Of two segments of one seed the shorter is the longer's beginning.
   *
   * @param tokens how many, at least 1
   */
  public record Segment(long seed, int tokens) {

    /**
     * Validates.
     *
     * @throws IllegalArgumentException naming the bad item
     */
    public Segment {
      if (tokens < 1) {
        throw new IllegalArgumentException(
            "a part of a prompt has " + tokens + " tokens: give it at least one");
      }
    }
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException when there is no segment
   */
  public TokenPrompt {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a prompt has no tokens: give it at least one");
    }
  }

  /** One segment. */
  static TokenPrompt of(long seed, int tokens) {
    return new TokenPrompt(List.of(new Segment(seed, tokens)));
  }

  @Override
  public int tokens() {
    int tokens = 0;
    for (Segment segment : segments) {
      tokens += segment.tokens();
    }
    return tokens;
  }

  /** Beginnings that prompts of a block share are shared in every block. */
  @Override
  public TokenPrompt inBlock(int block) {
    return block == 0
        ? this
        : new TokenPrompt(
            segments.stream()
                .map(s -> new Segment(SeededRandom.mix(s.seed(), block), s.tokens()))
                .toList());
  }

  @Override
  public String id() {
    long id = segments.get(0).seed();
    for (int i = 1; i < segments.size(); i++) {
      id = SeededRandom.mix(id, SeededRandom.mix(segments.get(i).seed(), segments.get(i).tokens()));
    }
    return "random-%016x".formatted(id);
  }
}
