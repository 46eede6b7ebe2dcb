package io.evalstream.loadgenerator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Random prompts, as {@code --dataset-name random} of {@code vllm bench serve}.
 *
 * @param numPrompts how many requests
 * @param inputLen tokens of a prompt
 * @param outputLen tokens of an answer
 * @param rangeRatio both lengths are drawn evenly from {@code [len·(1−ratio), len·(1+ratio)]}; from
 *     0 (included) to 1 (excluded)
 */
public record RandomWorkload(
    int numPrompts, int inputLen, int outputLen, double rangeRatio, Arrivals arrivals)
    implements Workload {

  /** As vLLM: 1000 prompts of 1024 tokens, 128 tokens of output, at once. */
  public static final RandomWorkload DEFAULT =
      new RandomWorkload(1000, 1024, 128, 0, Arrivals.UNLIMITED);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RandomWorkload {
    positive("num-prompts", numPrompts);
    positive("random-input-len", inputLen);
    positive("random-output-len", outputLen);
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
      requests.add(PlannedRequest.random(seed, i, inputs[i], outputs[i], offsets[i]));
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
    parameters.put(
        "request-rate", arrivals.unlimited() ? "inf" : Double.toString(arrivals.requestRate()));
    if (!arrivals.unlimited()) {
      parameters.put(
          "arrivals", arrivals.spacing() == Arrivals.Spacing.POISSON ? "poisson" : "constant");
    }
    return parameters;
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

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": give a number from 1 on");
    }
  }
}
