package io.evalstream.statistics.grade;

import java.util.Map;

/**
 * Which scale a scenario is graded by. All have the same letters.
 *
 * @param standard of scenarios that have none of their own
 * @param scenarios by name
 */
public record GradeRules(GradeScale standard, Map<String, GradeScale> scenarios) {

  /**
   * Takes a copy.
   *
   * @throws IllegalArgumentException when a scenario has other letters
   */
  public GradeRules {
    scenarios = Map.copyOf(scenarios);
    for (Map.Entry<String, GradeScale> scenario : scenarios.entrySet()) {
      if (!scenario.getValue().letters().equals(standard.letters())) {
        throw new IllegalArgumentException(
            "scenario " + scenario.getKey() + " has other letters than the default");
      }
    }
  }

  /** The scale of a scenario; null stands for load without one. */
  public GradeScale of(String scenario) {
    return scenario == null ? standard : scenarios.getOrDefault(scenario, standard);
  }
}
