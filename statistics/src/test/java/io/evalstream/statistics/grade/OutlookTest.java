package io.evalstream.statistics.grade;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.statistics.distribution.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutlookTest {

  private static final GradeScale SCALE =
      new GradeScale(
          List.of("A", "B", "C"),
          Map.of(
              GradedMetric.SUCCESS_RATE, List.of(98.0, 95.0),
              GradedMetric.P95_TTFT, List.of(200.0, 500.0)));

  @Test
  void aGradeIsOpenWhereAnIntervalReachesAnotherLetter() {
    Outlook outlook = outlook(new Estimate(99, new Interval(96, 99.9)), ttft(150, 100, 190));

    assertThat(outlook.grade().letter().text()).isEqualTo("A");
    assertThat(outlook.best().text()).isEqualTo("A");
    assertThat(outlook.worst().text()).isEqualTo("B");
    assertThat(outlook.open()).isTrue();
  }

  @Test
  void aMetricThatIsBadForSureSettlesTheGrade() {
    Outlook outlook = outlook(new Estimate(99, new Interval(96, 99.9)), ttft(900, 600, 2_000));

    assertThat(outlook.open()).isFalse();
    assertThat(outlook.worst().text()).isEqualTo("C");
  }

  @Test
  void anEndThatIsNotKnownMayBeAnything() {
    assertThat(
            outlook(
                    new Estimate(99, new Interval(98.5, 100)),
                    ttft(150, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                .worst()
                .text())
        .isEqualTo("C");
    assertThat(Outlook.of(SCALE, Map.of()).open()).isTrue();
    assertThat(Outlook.of(SCALE, Map.of()).grade().letter()).isNull();
  }

  private static Estimate ttft(double figure, double lower, double upper) {
    return new Estimate(figure, new Interval(lower, upper));
  }

  private static Outlook outlook(Estimate success, Estimate ttft) {
    return Outlook.of(
        SCALE, Map.of(GradedMetric.SUCCESS_RATE, success, GradedMetric.P95_TTFT, ttft));
  }
}
