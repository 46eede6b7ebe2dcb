package io.evalstream.statistics.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.statistics.distribution.Interval;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VerdictRuleTest {

  @Test
  void regressedWinsOverPassed() {
    assertThat(evidence(true, true).decision()).isEqualTo(Decision.REGRESSED);
    assertThat(evidence(true, false).decision()).isEqualTo(Decision.REGRESSED);
    assertThat(evidence(false, true).decision()).isEqualTo(Decision.PASSED);
    assertThat(evidence(false, false).decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(evidence(false, false).why()).containsExactly(Reason.NOT_ENOUGH_EVIDENCE);
  }

  /** Whatever is doubtful, nothing passes silently. */
  @Property
  void noReasonEverPasses(@ForAll Reason reason, @ForAll boolean alarmed) {
    Evidence doubtful = evidence(alarmed, !alarmed, reason);

    if (!reason.equals(Reason.NOT_ENOUGH_EVIDENCE)) {
      assertThat(doubtful.decision()).isNotEqualTo(Decision.PASSED);
    }
    assertThat(doubtful.why()).contains(reason);
  }

  @Test
  void adviceAndShortPlansAreNotRegressions() {
    assertThat(evidence(true, false, Reason.ADVISORY).decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(evidence(true, false, Reason.TOO_FEW_PLANNED).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThat(evidence(true, false, Reason.NO_BASELINE).decision())
        .isEqualTo(Decision.NOT_COMPARABLE);
    assertThat(evidence(true, false, Reason.SATURATED).decision()).isEqualTo(Decision.REGRESSED);
  }

  @Test
  void aRunPassesWhenEveryPlannedMetricHasPassed() {
    Map<String, Evidence> evidence = new HashMap<>(Map.of("a", evidence(false, true)));
    Set<String> planned = Set.of("a", "b");

    RunVerdict missing = RunVerdict.of(planned, evidence, Set.of());
    assertThat(missing.decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(missing.reasons()).containsExactly(Reason.MISSING_METRIC);

    evidence.put("b", evidence(false, true));
    assertThat(RunVerdict.of(planned, evidence, Set.of()).decision()).isEqualTo(Decision.PASSED);
    assertThat(RunVerdict.of(planned, evidence, Set.of(Reason.PLAN_CHANGED)).decision())
        .isEqualTo(Decision.NOT_COMPARABLE);

    evidence.put("b", evidence(true, true));
    RunVerdict regressed = RunVerdict.of(planned, evidence, Set.of());
    assertThat(regressed.decision()).isEqualTo(Decision.REGRESSED);
    assertThat(regressed.alarming()).containsExactly("b");
    assertThat(RunVerdict.of(Set.of(), Map.of(), Set.of()).decision())
        .isEqualTo(Decision.INCONCLUSIVE);
    assertThatThrownBy(() -> RunVerdict.of(Set.of("a"), evidence, Set.of()))
        .hasMessage("b is not in the plan");
  }

  private static Evidence evidence(boolean alarmed, boolean proved, Reason... reasons) {
    return new Evidence(
        0.01,
        new Interval(0, 0.02),
        0.03,
        500,
        2000,
        0.01,
        0.001,
        Double.NaN,
        alarmed,
        proved,
        Set.of(reasons));
  }
}
