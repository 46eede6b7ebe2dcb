package io.evalstream.loadgenerator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random prompts, as {@code --dataset-name random} of {@code vllm bench serve}.
 *
 * @param numPrompts how many requests
 * @param prefixLen tokens that every prompt begins with, the same in all; 0 for none
 * @param inputLen tokens of a prompt that are its own
 * @param outputLen tokens of an answer
 * @param rangeRatio both lengths are drawn evenly from {@code [len·(1−ratio), len·(1+ratio)]}; from
 *     0 (included) to 1 (excluded)
 */
public record RandomWorkload(
    int numPrompts,
    int prefixLen,
    int inputLen,
    int outputLen,
    double rangeRatio,
    Arrivals arrivals)
    implements Workload {

  private static final long PREFIX = -1;

  /** As vLLM: 1000 prompts of 1024 tokens, 128 tokens of output, at once. */
  public static final RandomWorkload DEFAULT =
      new RandomWorkload(1000, 1024, 128, 0, Arrivals.UNLIMITED);

  /** Prompts that have nothing in common. */
  public RandomWorkload(
      int numPrompts, int inputLen, int outputLen, double rangeRatio, Arrivals arrivals) {
    this(numPrompts, 0, inputLen, outputLen, rangeRatio, arrivals);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RandomWorkload {
    Numbers.positive("num-prompts", numPrompts);
    if (prefixLen < 0) {
      throw new IllegalArgumentException(
          "random-prefix-len is " + prefixLen + ": give a number from 0 on");
    }
    Numbers.positive("random-input-len", inputLen);
    Numbers.positive("random-output-len", outputLen);
    if (!(rangeRatio >= 0 && rangeRatio < 1)) {
      throw new IllegalArgumentException(
          "random-range-ratio is " + rangeRatio + ": give a number from 0 to below 1");
    }
    if (arrivals == null) {
      throw new IllegalArgumentException("the arrivals are missing");
    }
  }

  @Override
  public List<PlannedRequest> plan(long seed) {
    SeededRandom random = new SeededRandom(seed);
    int[] inputs = lengths(inputLen, random);
    int[] outputs = lengths(outputLen, random);
    long[] offsets = arrivals.offsetsNanos(numPrompts, random);
    List<PlannedRequest> requests = new ArrayList<>(numPrompts);
    for (int i = 0; i < numPrompts; i++) {
      requests.add(PlannedRequest.of(i, prompt(seed, i, inputs[i]), outputs[i], offsets[i]));
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
    parameters.put("dataset-name", "random");
    parameters.put("num-prompts", Integer.toString(numPrompts));
    parameters.put("random-input-len", Integer.toString(inputLen));
    parameters.put("random-output-len", Integer.toString(outputLen));
    parameters.put("random-range-ratio", Double.toString(rangeRatio));
    if (prefixLen > 0) {
      parameters.put("random-prefix-len", Integer.toString(prefixLen));
    }
    arrivals.describe(parameters);
    return parameters;
  }

  private TokenPrompt prompt(long seed, int index, int tokens) {
    long own = PlannedRequest.promptSeed(seed, index, tokens);
    if (prefixLen == 0) {
      return TokenPrompt.of(own, tokens);
    }
    return new TokenPrompt(
        List.of(
            new TokenPrompt.Segment(SeededRandom.mix(seed, PREFIX), prefixLen),
            new TokenPrompt.Segment(own, tokens)));
  }

  private int[] lengths(int length, SeededRandom random) {
    int low = Math.max(1, (int) Math.floor(length * (1 - rangeRatio)));
    int high = Math.max(low, (int) Math.ceil(length * (1 + rangeRatio)));
    int[] lengths = new int[numPrompts];
    for (int i = 0; i < numPrompts; i++) {
      lengths[i] = low + random.nextInt(high - low + 1);
    }
    return lengths;
  }
}
