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

  /**
   * A part of the plan.
   *
   * @param plannedItems requests or samples; null when only time bounds it
   * @param parameters how load is made, as the user gave it (concurrency, rate, lengths, trace)
   */
  public record PlannedScenario(String name, Long plannedItems, Map<String, String> parameters) {

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public PlannedScenario {
      Checks.text("scenarios.name", name);
      Checks.texts("scenarios.parameters", parameters);
      if (plannedItems != null) {
        Checks.amount("scenarios.planned_items", plannedItems);
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
    Checks.text("model", model);
    Checks.text("release", release);
    Checks.texts("environment", environment);
    Checks.present("scenarios", scenarios);
    Checks.noNull("scenarios", scenarios);
    Checks.texts("labels", labels);
    if (producers < 1) {
      throw new InvalidEventException("producers is " + producers + ", a run has at least one");
    }
  }

  @Override
  public String key() {
    return runId + "/plan";
  }
}
