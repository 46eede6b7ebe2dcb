package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a scenario of a run gets by the bounds on its plan, on topic {@code grades}. Given anew when
 * it has changed, at most once a second; the latest version replaces all before it.
 *
 * @param version larger means newer: {@code (epoch << 40) | inputs applied}
 * @param state whether it can still become another one
 * @param letter the worst of its metrics'; null as long as none has a figure
 * @param bestLetter the best that it can still become, by the metrics' intervals
 * @param worstLetter the worst that it can still become
 * @param deciding the metrics that have the worst letter; empty when that is the best there is
 * @param confidence how often each metric's interval holds
 * @param requests that have ended
 * @param plannedRequests how many are planned; null when only time bounds them
 * @param metrics what each metric gets that has a figure
 * @param reason why the scenario is not graded although its plan has bounds, in one sentence; null
 *     when it is
 */
public record RunGrade(
    int v,
    String runId,
    String scenario,
    long version,
    State state,
    String letter,
    String bestLetter,
    String worstLetter,
    List<String> deciding,
    double confidence,
    long requests,
    Long plannedRequests,
    List<OfMetric> metrics,
    String reason) {

  /** Whether a grade can still become another one. */
  public enum State {
    /** The run is open, and an interval reaches over a bound that matters. */
    @JsonProperty("provisional")
    PROVISIONAL("provisional"),
    /** The run is open, and at that confidence the letter stays. */
    @JsonProperty("settled")
    SETTLED("settled"),
    /** The run is closed. */
    @JsonProperty("final")
    FINAL("final");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** The form on the wire and in ClickHouse. */
    public String text() {
      return text;
    }
  }

  /**
   * What one metric gets; figures are in the unit of the metric's name.
   *
   * @param missedBound what the figure would have to keep for the letter above; null when there is
   *     none
   * @param lower end of the figure's interval; null when nothing is known of it
   * @param upper end of the figure's interval; null when nothing is known of it
   */
  public record OfMetric(
      String metric, String letter, double figure, Double missedBound, Double lower, Double upper) {

    /**
     * Validates the shape.
     *
     * @throws InvalidEventException naming the field at fault
     */
    public OfMetric {
      Checks.name("metrics.metric", metric);
      Checks.name("metrics.letter", letter);
      Checks.finite("metrics.figure", figure);
      Checks.finite("metrics.missed_bound", missedBound);
      Checks.finite("metrics.lower", lower);
      Checks.finite("metrics.upper", upper);
    }
  }

  /**
   * Validates the shape.
   *
   * @throws InvalidEventException naming the field at fault
   */
  public RunGrade {
    Checks.version(v);
    Checks.runId(runId);
    Checks.name("scenario", scenario);
    Checks.notNegative("version", version);
    Checks.present("state", state);
    Checks.name("best_letter", bestLetter);
    Checks.name("worst_letter", worstLetter);
    Checks.present("deciding", deciding);
    Checks.noNull("deciding", deciding);
    Checks.share("confidence", confidence);
    Checks.notNegative("requests", requests);
    Checks.notNegative("planned_requests", plannedRequests);
    Checks.present("metrics", metrics);
    Checks.noNull("metrics", metrics);
  }
}
