package io.evalstream.loadgenerator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random prompts that share their beginnings, as {@code --dataset-name prefix_repetition} of {@code
 * vllm bench serve}, in random order. Each prefix is used as often as the others, the first ones
 * once more when the requests cannot be divided evenly.
 *
 * @param numPrompts how many requests, at least as many as prefixes
 * @param prefixLen tokens of a shared beginning
 * @param suffixLen tokens of a prompt that are its own
 * @param numPrefixes how many different beginnings
 * @param outputLen tokens of an answer
 */
public record PrefixRepetitionWorkload(
    int numPrompts, int prefixLen, int suffixLen, int numPrefixes, int outputLen, Arrivals arrivals)
    implements Workload {

  private static final long PREFIXES = -2;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public PrefixRepetitionWorkload {
    Numbers.positive("num-prompts", numPrompts);
    Numbers.positive("prefix-repetition-prefix-len", prefixLen);
    Numbers.positive("prefix-repetition-suffix-len", suffixLen);
    Numbers.positive("prefix-repetition-num-prefixes", numPrefixes);
    Numbers.positive("prefix-repetition-output-len", outputLen);
    if (numPrompts < numPrefixes) {
      throw new IllegalArgumentException(
          "num-prompts is "
              + numPrompts
              + ": give at least as many as prefix-repetition-num-prefixes, "
              + numPrefixes);
    }
    if (arrivals == null) {
      throw new IllegalArgumentException("the arrivals are missing");
    }
  }

  @Override
  public List<PlannedRequest> plan(long seed) {
    SeededRandom random = new SeededRandom(seed);
    int[] prefixes = shuffled(random);
    long[] offsets = arrivals.offsetsNanos(numPrompts, random);
    long prefixSeed = SeededRandom.mix(seed, PREFIXES);
    List<PlannedRequest> requests = new ArrayList<>(numPrompts);
    for (int i = 0; i < numPrompts; i++) {
      TokenPrompt prompt =
          new TokenPrompt(
              List.of(
                  new TokenPrompt.Segment(SeededRandom.mix(prefixSeed, prefixes[i]), prefixLen),
                  new TokenPrompt.Segment(
                      PlannedRequest.promptSeed(seed, i, suffixLen), suffixLen)));
      requests.add(PlannedRequest.of(i, prompt, outputLen, offsets[i]));
    }
    return requests;
  }

  @Override
  public boolean timed() {
    return !arrivals.unlimited();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("dataset-name", "prefix_repetition");
    parameters.put("num-prompts", Integer.toString(numPrompts));
    parameters.put("prefix-repetition-prefix-len", Integer.toString(prefixLen));
    parameters.put("prefix-repetition-suffix-len", Integer.toString(suffixLen));
    parameters.put("prefix-repetition-num-prefixes", Integer.toString(numPrefixes));
    parameters.put("prefix-repetition-output-len", Integer.toString(outputLen));
    arrivals.describe(parameters);
    return parameters;
  }

  private int[] shuffled(SeededRandom random) {
    int[] prefixes = new int[numPrompts];
    for (int i = 0; i < numPrompts; i++) {
      prefixes[i] = i % numPrefixes;
    }
    for (int i = numPrompts - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int prefix = prefixes[i];
      prefixes[i] = prefixes[other];
      prefixes[other] = prefix;
    }
    return prefixes;
  }
}
