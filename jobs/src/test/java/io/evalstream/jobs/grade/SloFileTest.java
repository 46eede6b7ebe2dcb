package io.evalstream.jobs.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.statistics.grade.GradeRules;
import io.evalstream.statistics.grade.GradedMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloFileTest {

  @TempDir private Path directory;

  @Test
  void theShippedRulesAreThoseOfTheDocumentation() {
    GradeRules rules = SloFile.shipped();

    assertThat(rules.standard().letters()).containsExactly("A", "B", "C");
    assertThat(rules.standard().bounds())
        .isEqualTo(
            Map.of(
                GradedMetric.SUCCESS_RATE, List.of(98.0, 95.0),
                GradedMetric.OUTPUT_THROUGHPUT, List.of(50.0, 10.0),
                GradedMetric.P95_TTFT, List.of(200.0, 500.0),
                GradedMetric.MEAN_TPOT, List.of(50.0, 100.0),
                GradedMetric.P95_E2EL, List.of(2000.0, 5000.0)));
    assertThat(rules.scenarios()).isEmpty();
  }

  @Test
  void aScenarioSetsMetricsOfItsOwnAndLeavesOthersOut() throws IOException {
    GradeRules rules =
        read(
            """
            letters: [S, A, B]
            default:
              p95_ttft_ms: {A: 200, S: 100}
              p95_e2el_ms: {S: 1000, A: 2000}
              success_rate_percent: {S: 99.9, A: 99}
            scenarios:
              long_context:
                p95_ttft_ms: {S: 400, A: 800.5}
                p95_e2el_ms: none
                p99_itl_ms: {S: 10, A: 20}
            """);

    assertThat(rules.of("long_context").letters()).containsExactly("S", "A", "B");
    assertThat(rules.of("long_context").bounds())
        .isEqualTo(
            Map.of(
                GradedMetric.P95_TTFT, List.of(400.0, 800.5),
                GradedMetric.SUCCESS_RATE, List.of(99.9, 99.0),
                GradedMetric.P99_ITL, List.of(10.0, 20.0)));
    assertThat(rules.of("other").bounds().get(GradedMetric.P95_TTFT)).containsExactly(100.0, 200.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          letters: [A, B]  | has no metrics under default: give at least one its bounds.
          {default: {p95_ttft_ms: {A: 1}}} | has no letters: list them from the best to the worst, as in letters: [A, B, C].
          {letters: [[A], B], default: {p95_ttft_ms: {A: 1}}} | has something else than texts under letters.
          {letters: [A], default: {p95_ttft_ms: {}}} | is wrong in 'default': letters has fewer than two: name the best one first.
          {letters: [A, B], grades: 1} | has 'grades': it takes letters, default and scenarios.
          {letters: [A, B], default: {p95_ttft_ms: 3}} | gives 'p95_ttft_ms' in 'default' no bounds: write them as {A: 200, B: 500}, or none.
          {letters: [A, B], default: {p95_ttft_ms: {A: x}}} | gives 'p95_ttft_ms' in 'default' no number for 'A': it takes one for each letter but the last (A).
          {letters: [A, B], default: {p95_ttft_ms: {A: 1, B: 2}}} | gives 'p95_ttft_ms' in 'default' a bound for 'B': it takes one for each letter but the last (A).
          {letters: [A, B], default: {p95_ttft_ms: {A: -1}}} | is wrong in 'default': p95_ttft_ms has -1.0 for A: give a number from 0 on.
          {letters: [A, B], default: {p95_ttft_ms: {A: 1}}, scenarios: []} | has something else than scenarios by name under scenarios.
          {letters: [A, B], default: {p95_ttft_ms: {A: 1}}, scenarios: {x: 1}} | has something else than metrics by name under 'x'.
          {letters: [A, B, C], default: {p95_ttft_ms: {A: 1, B: 2}}, scenarios: {x: {p95_e2el_ms: {A: 2, B: 1}}}} | is wrong in 'x': p95_e2el_ms has 1.0 for B, which is as strict as its bound for A.
          """)
  void refusesWhatItCannotGradeBy(String yaml, String complaint) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The SLO file " + directory.resolve("slo.yaml") + " " + complaint);
  }

  @Test
  void namesTheMetricsThatThereAre() {
    assertThatThrownBy(() -> read("{letters: [A, B], default: {ttft: {A: 1}}}"))
        .hasMessageContaining(
            "sets 'ttft' in 'default', which is no metric: there are success_rate")
        .hasMessageContaining("p95_ttft_ms");
  }

  @Test
  void namesTheLineOfWhatIsNoYaml() {
    assertThatThrownBy(() -> read("letters: [A, B]\ndefault:\n  p95_ttft_ms: {A: 1\nletters: x\n"))
        .hasMessageContaining("slo.yaml is no YAML at line ")
        .hasMessageEndingWith(".");
    assertThatThrownBy(() -> read("letters: [A, B]\nletters: [A, B]\n"))
        .hasMessageContaining("at line 2: Duplicate field 'letters'.");
  }

  @Test
  void namesTheFileThatIsNotThere() {
    Path absent = directory.resolve("absent.yaml");

    assertThatThrownBy(() -> SloFile.read(absent))
        .hasMessage("There is no SLO file " + absent + ": check its name.");
  }

  private GradeRules read(String yaml) throws IOException {
    return SloFile.read(Files.writeString(directory.resolve("slo.yaml"), yaml));
  }
}
