package io.evalstream.loadgenerator;

import io.evalstream.events.Event;
import io.evalstream.events.RunIds;
import io.evalstream.statistics.grade.GradeScale;
import java.util.Map;

/**
 * What a run is called and what it is about.
 *
 * @param runId begins with the date, {@code yyyymmdd}; null to have one made
 * @param release the image tag under test
 * @param imageDigest the image's digest; null when unknown
 * @param scenario the name of this part of the run
 * @param labels team, purpose, and whatever the user adds
 * @param environment the fingerprint: what must be equal for two runs to be comparable
 * @param baselineId the baseline to compare with; null for none
 * @param seed decides everything that is drawn
 * @param scale what it is graded by, which travels with its plan; null when it is not graded
 */
public record RunDescription(
    String runId,
    String release,
    String imageDigest,
    String scenario,
    Map<String, String> labels,
    Map<String, String> environment,
    String baselineId,
    long seed,
    GradeScale scale) {

  /** A run of nothing in particular. */
  public static final RunDescription DEFAULT =
      new RunDescription(null, "unknown", null, "default", Map.of(), Map.of(), null, 0);

  /** One that is not graded. */
  public RunDescription(
      String runId,
      String release,
      String imageDigest,
      String scenario,
      Map<String, String> labels,
      Map<String, String> environment,
      String baselineId,
      long seed) {
    this(runId, release, imageDigest, scenario, labels, environment, baselineId, seed, null);
  }

  /** The same, graded. */
  RunDescription gradedBy(GradeScale by) {
    return new RunDescription(
        runId, release, imageDigest, scenario, labels, environment, baselineId, seed, by);
  }

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public RunDescription {
    if (runId != null && !RunIds.isValid(runId)) {
      throw new IllegalArgumentException(
          "run-id '"
              + runId
              + "' does not begin with its date, as in 20260131-abc, or holds other characters than"
              + " letters, digits, '-', '_' and '.'");
    }
    if (release == null || release.isBlank()) {
      throw new IllegalArgumentException("release is empty: give the image tag under test");
    }
    if (scenario == null || scenario.isBlank()) {
      throw new IllegalArgumentException("scenario is empty: give it a name");
    }
    requireName("release", release);
    requireName("scenario", scenario);
    requireNames("labels", labels);
    requireNames("environment", environment);
    if (scale != null) {
      scale.letters().forEach(letter -> requireName("a letter of the grades", letter));
    }
    labels = Map.copyOf(labels);
    environment = Map.copyOf(environment);
  }

  private static void requireNames(String item, Map<String, String> values) {
    if (values.size() > Event.MOST_NAMES) {
      throw new IllegalArgumentException(
          item + " has " + values.size() + " entries: give at most " + Event.MOST_NAMES);
    }
    values.keySet().forEach(name -> requireName("a name of " + item, name));
  }

  static void requireName(String item, String name) {
    if (name.isEmpty() || !Event.isName(name)) {
      throw new IllegalArgumentException(
          item + " is empty or longer than " + Event.MAX_NAME + " characters: give a shorter name");
    }
  }
}
