package io.evalstream.events;

import java.util.List;
import java.util.Map;

/**
 * What a run is going to do, on topic {@code runs} under key {@code run_id/plan}.
 *
 * @param release the image tag under test
 * @param imageDigest the image's digest; null when unknown
 * @param environment the fingerprint: what must be equal for two runs to be comparable (vLLM
 *     version and arguments, model revision, quantisation, parallelism, GPU, dataset digest, …)
 * @param scenarios what is planned, in order; names are unique
 * @param producers how many producers share the plan
 * @param seed the seed of everything that is drawn
 * @param baselineId the baseline to compare with; null when there is none
 * @param labels team, purpose, and whatever the user adds
 */
public record RunPlan(
    int v,
    String runId,
    String producerId,
    long sequence,
    long atUs,
    RunKind kind,
    String model,
    String release,
    String imageDigest,
    Map<String, String> environment,
    List<PlannedScenario> scenarios,
    int producers,
    long seed,
    String baselineId,
    Map<String, String> labels)
    implements RunRecord {

  /** The value of {@code type} in JSON. */
  public static final String TYPE = "plan";

  /** The most producers that a run may have: each is kept account of. */
  public static final int MAX_PRODUCERS = 1_000;

  /**
   * A part of the plan.
   *
   * @param plannedItems requests or samples; null when only time bounds it
   * @param parameters how load is made, as the user gave it (concurrency, rate, lengths, trace)
   * @param blocks how it is cut into blocks; null when it is not
   * @param slo what it is graded by; null when it is not
   */
  public record PlannedScenario(
      String name, Long plannedItems, Map<String, String> parameters, Blocks blocks, Slo slo) {

    /** A part that is neither cut into blocks nor graded. */
    public PlannedScenario(String name, Long plannedItems, Map<String, String> parameters) {
      this(name, plannedItems, parameters, null, null);
    }

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public PlannedScenario {
      Checks.name("scenarios.name", name);
      Checks.byName("scenarios.parameters", parameters);
      if (plannedItems != null) {
        Checks.amount("scenarios.planned_items", plannedItems);
      }
    }
  }

  /**
   * What a scenario is graded by.
   *
   * @param letters from the best to the worst
   * @param bounds of each metric that is graded
   */
  public record Slo(List<String> letters, List<Bounds> bounds) {

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public Slo {
      Checks.names("scenarios.slo.letters", letters);
      Checks.present("scenarios.slo.bounds", bounds);
      Checks.noNull("scenarios.slo.bounds", bounds);
      if (letters.size() < 2) {
        throw new InvalidEventException("scenarios.slo.letters has fewer than two");
      }
      for (Bounds ofMetric : bounds) {
        if (ofMetric.limits().size() != letters.size() - 1) {
          throw new InvalidEventException(
              "scenarios.slo.bounds.limits does not hold one for every letter but the last");
        }
      }
    }
  }

  /**
   * What a metric needs for each letter.
   *
   * @param metric its name in SLO files; one that a reader does not know is not graded by it
   * @param limits one for every letter but the last, from the strictest on, in the unit of the name
   */
  public record Bounds(String metric, List<Double> limits) {

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public Bounds {
      Checks.name("scenarios.slo.bounds.metric", metric);
      Checks.present("scenarios.slo.bounds.limits", limits);
      Checks.noNull("scenarios.slo.bounds.limits", limits);
      if (limits.stream().anyMatch(limit -> !(limit >= 0 && Double.isFinite(limit)))) {
        throw new InvalidEventException(
            "scenarios.slo.bounds.limits holds something else than numbers from 0 on");
      }
    }
  }

  /**
   * How a scenario is cut into blocks, each the same plan with prompts of its own. Block k holds
   * the requests whose index is from k·{@code requests} on; nothing is in flight between two
   * blocks.
   *
   * @param count how many
   * @param requests of one block
   * @param warmUpRequests how many of those, from its beginning on, count in no comparison
   * @param order which server gets the next block, from the first to the last: both get each block,
   *     one directly after the other; null unless two are compared
   */
  public record Blocks(int count, int requests, int warmUpRequests, List<Arm> order) {

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public Blocks {
      if (count < 1 || requests < 1) {
        throw new InvalidEventException("scenarios.blocks.count or .requests is below 1");
      }
      if (warmUpRequests < 0 || warmUpRequests >= requests) {
        throw new InvalidEventException(
            "scenarios.blocks.warm_up_requests is not from 0 to below requests");
      }
      if (order != null) {
        Checks.noNull("scenarios.blocks.order", order);
        if (order.size() != 2L * count) {
          throw new InvalidEventException(
              "scenarios.blocks.order does not name two arms for each block");
        }
      }
    }
  }

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public RunPlan {
    Checks.common(v, runId, producerId, sequence);
    Checks.instant("at_us", atUs);
    Checks.present("kind", kind);
    Checks.name("model", model);
    Checks.name("release", release);
    Checks.byName("environment", environment);
    Checks.present("scenarios", scenarios);
    Checks.noNull("scenarios", scenarios);
    Checks.byName("labels", labels);
    if (producers < 1) {
      throw new InvalidEventException("producers is " + producers + ", a run has at least one");
    }
    if (producers > MAX_PRODUCERS) {
      throw new InvalidEventException(
          "producers is " + producers + ", a run has at most " + MAX_PRODUCERS);
    }
  }

  @Override
  public String key() {
    return runId + "/plan";
  }
}
