package io.evalstream.statistics.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class GradeScaleTest {

  private static final GradeScale SCALE =
      new GradeScale(
          List.of("A", "B", "C"),
          Map.of(
              GradedMetric.SUCCESS_RATE, List.of(98.0, 95.0),
              GradedMetric.P95_TTFT, List.of(200.0, 500.0)));

  /** A scale, and a figure or none for each of its metrics and some others. */
  record Case(GradeScale scale, Map<GradedMetric, Double> figures) {}

  @Property
  void theWorstMetricDecidesAndIsNamed(@ForAll("cases") Case given) {
    Grade grade = given.scale().grade(given.figures());

    int worst = grade.metrics().stream().mapToInt(m -> m.letter().rank()).max().orElse(-1);
    if (worst < 0) {
      assertThat(grade.letter()).isNull();
    } else {
      assertThat(grade.letter().rank()).isEqualTo(worst);
    }
    assertThat(grade.decisive())
        .isEqualTo(
            grade.metrics().stream().filter(m -> worst > 0 && m.letter().rank() == worst).toList());
    assertThat(grade.missed())
        .isEqualTo(grade.metrics().stream().filter(m -> m.letter().rank() > 0).toList());
  }

  @Property
  void aMetricHasTheBestLetterWhoseBoundItKeeps(@ForAll("cases") Case given) {
    for (MetricGrade grade : given.scale().grade(given.figures()).metrics()) {
      List<Double> bounds = given.scale().bounds().get(grade.metric());
      long broken = bounds.stream().filter(b -> !keeps(grade.metric(), grade.figure(), b)).count();

      assertThat(grade.letter().rank()).isEqualTo((int) broken);
      assertThat(grade.letter().text()).isEqualTo(given.scale().letters().get((int) broken));
      if (broken == 0) {
        assertThat(grade.better()).isNull();
      } else {
        assertThat(grade.better().rank()).isEqualTo((int) broken - 1);
        assertThat(grade.missedBound()).isEqualTo(bounds.get((int) broken - 1));
        assertThat(keeps(grade.metric(), grade.figure(), grade.missedBound())).isFalse();
      }
    }
  }

  @Property
  void aFigureOnTheBoundKeepsItAndOneBesideItDoesNot(@ForAll("cases") Case given) {
    given
        .scale()
        .bounds()
        .forEach(
            (metric, bounds) -> {
              for (int i = 0; i < bounds.size(); i++) {
                double bound = bounds.get(i);
                double worse = metric.moreIsBetter() ? Math.nextDown(bound) : Math.nextUp(bound);

                assertThat(rank(given.scale(), metric, bound)).isEqualTo(i);
                assertThat(rank(given.scale(), metric, worse)).isEqualTo(i + 1);
              }
            });
  }

  @Property
  void whatIsBetterNeverHasAWorseGrade(
      @ForAll("cases") Case given, @ForAll @DoubleRange(min = 0, max = 500) double better) {
    Map<GradedMetric, Double> improved = new EnumMap<>(GradedMetric.class);
    given
        .figures()
        .forEach(
            (m, figure) -> improved.put(m, m.moreIsBetter() ? figure + better : figure - better));

    Grade before = given.scale().grade(given.figures());
    Grade after = given.scale().grade(improved);

    if (before.letter() != null) {
      assertThat(after.letter().rank()).isLessThanOrEqualTo(before.letter().rank());
    }
  }

  @Property
  void aMetricWithoutFigureIsNamedAndChangesNothing(@ForAll("cases") Case given) {
    Map<GradedMetric, Double> holes = new EnumMap<>(GradedMetric.class);
    holes.putAll(given.figures());
    for (GradedMetric metric : given.scale().bounds().keySet()) {
      holes.putIfAbsent(metric, Double.NaN);
    }

    Grade grade = given.scale().grade(given.figures());

    assertThat(given.scale().grade(holes)).isEqualTo(grade);
    assertThat(grade.withoutFigure())
        .isEqualTo(
            given.scale().bounds().keySet().stream()
                .filter(metric -> !given.figures().containsKey(metric))
                .toList());
    assertThat(grade.metrics().size() + grade.withoutFigure().size())
        .isEqualTo(given.scale().bounds().size());
  }

  @Property
  void theWorstOfSeveralIsThatOfTheWorst(@ForAll("cases") Case one, @ForAll("cases") Case two) {
    List<Grade> grades =
        List.of(one.scale().grade(one.figures()), two.scale().grade(two.figures()));

    assertThat(Grade.worst(grades).map(Letter::rank))
        .isEqualTo(
            grades.stream()
                .map(Grade::letter)
                .filter(Objects::nonNull)
                .map(Letter::rank)
                .max(Comparator.naturalOrder()));
  }

  @Test
  void nothingMeasuredIsNoGrade() {
    Grade grade = SCALE.grade(Map.of());

    assertThat(grade.letter()).isNull();
    assertThat(grade.metrics()).isEmpty();
    assertThat(grade.withoutFigure())
        .containsExactly(GradedMetric.SUCCESS_RATE, GradedMetric.P95_TTFT);
    assertThat(Grade.worst(List.of(grade))).isEmpty();
  }

  @Test
  void scenariosHaveTheirOwnScaleOrTheDefault() {
    GradeScale own =
        new GradeScale(List.of("A", "B", "C"), Map.of(GradedMetric.P95_E2EL, List.of(1.0, 2.0)));
    GradeRules rules = new GradeRules(SCALE, Map.of("long", own));

    assertThat(rules.of("long")).isEqualTo(own);
    assertThat(rules.of("short")).isEqualTo(SCALE);
    assertThat(rules.of(null)).isEqualTo(SCALE);
    GradeScale others = new GradeScale(List.of("A", "B"), Map.of());
    assertThatThrownBy(() -> new GradeRules(SCALE, Map.of("long", others)))
        .hasMessage("scenario long has other letters than the default");
  }

  @Test
  void refusesScalesThatMakeNoSense() {
    assertRefused(List.of("A"), Map.of(), "letters has fewer than two: name the best one first");
    assertRefused(List.of("A", "A"), Map.of(), "letters names one of them twice");
    assertRefused(
        List.of("A", "B", "C"),
        Map.of(GradedMetric.P95_TTFT, List.of(1.0)),
        "p95_ttft_ms needs a bound for every letter but the last, C");
    assertRefused(
        List.of("A", "B"),
        Map.of(GradedMetric.P95_TTFT, List.of(-1.0)),
        "p95_ttft_ms has -1.0 for A: give a number from 0 on");
    assertRefused(
        List.of("A", "B"),
        Map.of(GradedMetric.P95_TTFT, List.of(Double.NaN)),
        "p95_ttft_ms has NaN for A: give a number from 0 on");
    assertRefused(
        List.of("A", "B"),
        Map.of(GradedMetric.SUCCESS_RATE, List.of(101.0)),
        "success_rate_percent has 101.0 for A: give a percentage, 100 at most");
    assertRefused(
        List.of("A", "B", "C"),
        Map.of(GradedMetric.P95_TTFT, List.of(500.0, 200.0)),
        "p95_ttft_ms has 200.0 for B, which is as strict as its bound for A");
    assertRefused(
        List.of("A", "B", "C"),
        Map.of(GradedMetric.OUTPUT_THROUGHPUT, List.of(10.0, 10.0)),
        "output_throughput has 10.0 for B, which is as strict as its bound for A");
  }

  private static void assertRefused(
      List<String> letters, Map<GradedMetric, List<Double>> bounds, String message) {
    assertThatThrownBy(() -> new GradeScale(letters, bounds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static int rank(GradeScale scale, GradedMetric metric, double figure) {
    return scale.grade(Map.of(metric, figure)).letter().rank();
  }

  private static boolean keeps(GradedMetric metric, double figure, double bound) {
    return metric.text().endsWith("_ms") ? figure <= bound : figure >= bound;
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Double> numbers = Arbitraries.doubles().between(0, 100).ofScale(1);
    return Arbitraries.integers()
        .between(2, 5)
        .flatMap(
            letters ->
                Combinators.combine(
                        Arbitraries.maps(
                                Arbitraries.of(GradedMetric.class),
                                numbers.list().uniqueElements().ofSize(letters - 1))
                            .ofMaxSize(6),
                        Arbitraries.maps(Arbitraries.of(GradedMetric.class), numbers).ofMaxSize(12))
                    .as((bounds, figures) -> new Case(scale(letters, bounds), figures)));
  }

  private static GradeScale scale(int letters, Map<GradedMetric, List<Double>> bounds) {
    Map<GradedMetric, List<Double>> ordered = new EnumMap<>(GradedMetric.class);
    bounds.forEach(
        (metric, values) -> {
          List<Double> sorted = new ArrayList<>(values);
          sorted.sort(
              metric.moreIsBetter() ? Collections.reverseOrder() : Comparator.naturalOrder());
          ordered.put(metric, sorted);
        });
    return new GradeScale(List.of("A", "B", "C", "D", "E").subList(0, letters), ordered);
  }
}
