package io.evalstream.loadgenerator.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Another workload, block after block: each has the same arrivals and lengths, and its first sixth
 * is its warm-up. Drawn prompts are drawn anew for each block, so that no block finds in the
 * server's prefix cache what another has left there; texts of a file come again as they are.
 *
 * @param requests the workload of one block; its offsets count from the block's start
 * @param blocks how many
 */
public record BlockWorkload(Workload requests, int blocks) implements Workload {

  private static final int WARM_UP_PART = 6;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public BlockWorkload {
    if (requests == null) {
      throw new IllegalArgumentException("the requests of a block are missing");
    }
    Numbers.positive("blocks", blocks);
  }

  /** How many requests of a block are its warm-up. */
  public static int warmUp(int requests) {
    return requests / WARM_UP_PART;
  }

  @Override
  public List<PlannedRequest> plan(long seed) {
    List<PlannedRequest> block = requests.plan(seed);
    int size = block.size();
    if ((long) size * blocks > Integer.MAX_VALUE) {
      throw new PlanException(
          blocks + " blocks of " + size + " requests are more than a run can have");
    }
    int conversations = 1 + block.stream().mapToInt(PlannedRequest::unit).max().orElse(0);
    List<PlannedRequest> plan = new ArrayList<>(size * blocks);
    for (int k = 0; k < blocks; k++) {
      for (PlannedRequest request : block) {
        boolean warmUp = request.index() < warmUp(size);
        plan.add(request.in(new PlannedRequest.InBlock(k, warmUp), size, conversations));
      }
    }
    return plan;
  }

  @Override
  public boolean timed() {
    return requests.timed();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>(requests.parameters());
    parameters.put("blocks", Integer.toString(blocks));
    return parameters;
  }
}
