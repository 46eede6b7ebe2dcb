package io.evalstream.loadgenerator.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Conversations of several turns. A turn is sent when the one before it has been answered, with all
 * that was said before it, the server's answers included. Arrivals are those of conversations.
 *
 * @param file ShareGPT's, whose conversations are used with all their turns; null to draw random
 *     ones
 * @param conversations how many
 * @param turns of each; of a file, the most
 * @param prefixLen tokens that every random conversation begins with, the same in all; 0 for none
 * @param inputLen tokens that a random turn asks
 * @param outputLen tokens of an answer; null to take those of the file
 */
public record ConversationWorkload(
    Path file,
    int conversations,
    int turns,
    int prefixLen,
    int inputLen,
    Integer outputLen,
    Arrivals arrivals)
    implements Workload {

  private static final long PREFIX = -4;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public ConversationWorkload {
    Numbers.positive("num-prompts", conversations);
    Numbers.positive("multi-turn-num-turns", turns);
    Numbers.positive("multi-turn-input-len", inputLen);
    if (prefixLen < 0) {
      throw new IllegalArgumentException(
          "multi-turn-prefix-len is " + prefixLen + ": give a number from 0 on");
    }
    if (outputLen != null) {
      Numbers.positive("multi-turn-output-len", outputLen);
    } else if (file == null) {
      throw new IllegalArgumentException("multi-turn-output-len is missing: give a number");
    }
    if (arrivals == null) {
      throw new IllegalArgumentException("the arrivals are missing");
    }
  }

  /** What one turn asks, and how long its answer is. */
  record Question(Prompt prompt, int outputTokens) {}

  @Override
  public List<PlannedRequest> plan(long seed) {
    SeededRandom random = new SeededRandom(seed);
    List<List<Question>> drawn = file == null ? random(seed) : ofFile(random);
    long[] offsets = arrivals.offsetsNanos(conversations, random);
    List<PlannedRequest> plan = new ArrayList<>();
    for (int c = 0; c < conversations; c++) {
      List<Question> questions = drawn.get(c);
      for (int t = 0; t < questions.size(); t++) {
        Question question = questions.get(t);
        plan.add(
            PlannedRequest.of(plan.size(), question.prompt(), question.outputTokens(), offsets[c])
                .as(new PlannedRequest.Turn(c, t)));
      }
    }
    return plan;
  }

  @Override
  public boolean timed() {
    return !arrivals.unlimited();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("dataset-name", "multi_turn");
    if (file == null) {
      parameters.put("multi-turn-prefix-len", Integer.toString(prefixLen));
      parameters.put("multi-turn-input-len", Integer.toString(inputLen));
    } else {
      parameters.put("dataset-path", String.valueOf(file.getFileName()));
    }
    parameters.put("num-prompts", Integer.toString(conversations));
    parameters.put("multi-turn-num-turns", Integer.toString(turns));
    if (outputLen != null) {
      parameters.put("multi-turn-output-len", Integer.toString(outputLen));
    }
    arrivals.describe(parameters);
    return parameters;
  }

  private List<List<Question>> random(long seed) {
    TokenPrompt.Segment prefix =
        prefixLen == 0 ? null : new TokenPrompt.Segment(SeededRandom.mix(seed, PREFIX), prefixLen);
    List<List<Question>> drawn = new ArrayList<>(conversations);
    for (int c = 0; c < conversations; c++) {
      List<Question> questions = new ArrayList<>(turns);
      for (int t = 0; t < turns; t++) {
        TokenPrompt.Segment own =
            new TokenPrompt.Segment(
                PlannedRequest.promptSeed(SeededRandom.mix(seed, c), t, inputLen), inputLen);
        boolean first = t == 0 && prefix != null;
        questions.add(
            new Question(new TokenPrompt(first ? List.of(prefix, own) : List.of(own)), outputLen));
      }
      drawn.add(questions);
    }
    return drawn;
  }

  private List<List<Question>> ofFile(SeededRandom random) {
    List<List<Question>> found = ShareGptConversations.read(file, turns, outputLen);
    if (found.isEmpty()) {
      throw new PlanException("The data set " + file + " has no conversation that can be used");
    }
    List<List<Question>> drawn = new ArrayList<>(conversations);
    for (int c = 0; c < conversations; c++) {
      int next = c % found.size();
      int other = next + random.nextInt(found.size() - next);
      List<Question> chosen = found.get(other);
      found.set(other, found.get(next));
      found.set(next, chosen);
      drawn.add(chosen);
    }
    return drawn;
  }
}
