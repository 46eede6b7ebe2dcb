package io.evalstream.statistics.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evalstream.statistics.combine.EValues;
import io.evalstream.statistics.distribution.ClopperPearson;
import io.evalstream.statistics.verdict.ScoreRules.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * Answers disagree in a tenth of the items where nothing has changed, half of them to either side;
 * a drop adds to the one. Every simulation has seed {@link #SEED}.
 */
class PairedScoresTest {

  private static final long SEED = 1;
  private static final double CONFIDENCE = 0.95;
  private static final double NOISE = 0.05;

  /** The power table: drop, power, each of 2,000 runs of 1,000 items. */
  @Test
  void findsDropsAsOftenAsPublished() {
    double[][] table = {{.02, .27}, {.03, .56}, {.05, .945}, {.10, 1}};
    for (double[] row : table) {
      SplittableRandom random = new SplittableRandom(SEED);
      double[] alarmed = new double[2000];
      for (int run = 0; run < alarmed.length; run++) {
        int at = run(rightWrong(1000, 0.03), row[0], 1000, random, true).alarmedAt();
        alarmed[run] = at == 0 ? Double.POSITIVE_INFINITY : at;
      }
      double power = (double) Arrays.stream(alarmed).filter(Double::isFinite).count() / 2000;
      double error = 3.5 * Math.sqrt(row[1] * (1 - row[1]) / 2000) + 0.006;
      assertThat(power).as("drop %s", row[0]).isCloseTo(row[1], within(error));
      if (row[0] == .10) {
        assertThat(median(alarmed)).isCloseTo(231, within(12.0)).isLessThanOrEqualTo(300);
      }
    }
  }

  @Test
  void findsEveryFivePointDropIn2000Items() {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int run = 0; run < 299; run++) {
      found += run(rightWrong(2000, 0.03), 0.05, 2000, random, true).alarmedAt() > 0 ? 1 : 0;
    }

    assertThat(found).isEqualTo(299);
  }

  @Test
  void passesUnchangedReleasesEarly() {
    double[][] table = {{0.05, 287, 400}, {0.03, 707, 800}};
    for (double[] row : table) {
      SplittableRandom random = new SplittableRandom(SEED);
      double[] proved = new double[1000];
      for (int run = 0; run < proved.length; run++) {
        int at = run(rightWrong(2000, row[0]), 0, 2000, random, false).provedAt();
        proved[run] = at == 0 ? Double.POSITIVE_INFINITY : at;
      }
      assertThat(median(proved))
          .as("margin %s", row[0])
          .isCloseTo(row[1], within(0.1 * row[1]))
          .isLessThanOrEqualTo(row[2]);
    }
  }

  /** 10,000 releases that drop by the margin exactly: at most 5% may pass. */
  @Test
  void aDropOfTheMarginSeldomPasses() {
    SplittableRandom random = new SplittableRandom(SEED);
    int passed = 0;
    for (int run = 0; run < 10_000; run++) {
      passed += run(rightWrong(1000, 0.05), 0.05, 1000, random, false).provedAt() > 0 ? 1 : 0;
    }

    assertThat(ClopperPearson.lower(passed, 10_000, 0.99)).isLessThanOrEqualTo(0.05);
    assertThat(passed).isGreaterThan(100);
  }

  /** 10,000 good releases of three graded metrics that depend on each other, combined. */
  @Test
  void goodReleasesOfGradedScoresSeldomAlarm() {
    SplittableRandom random = new SplittableRandom(SEED);
    ScoreRules rules = new ScoreRules(Kind.GRADED, 150, 0.01, 0.03, 0.05);
    double[] weights = {1, 1, 2};
    int alarms = 0;
    for (int run = 0; run < 10_000; run++) {
      PairedScores[] metrics = {
        new PairedScores(rules), new PairedScores(rules), new PairedScores(rules)
      };
      boolean alarmed = false;
      for (int i = 1; i <= 150; i++) {
        double hard = random.nextDouble();
        for (PairedScores metric : metrics) {
          metric.pair(
              Math.pow(random.nextDouble(), hard * 2), Math.pow(random.nextDouble(), hard * 2));
        }
        if (i % 3 == 0) {
          double[] logEs = Arrays.stream(metrics).mapToDouble(PairedScores::logE).toArray();
          alarmed |= EValues.alarm(logEs, weights, 0.01);
        }
      }
      alarms += alarmed ? 1 : 0;
    }

    assertThat(ClopperPearson.lower(alarms, 10_000, 0.99)).isLessThanOrEqualTo(0.01);
    assertThat(alarms).isPositive();
  }

  /** Ten releases of two points less each, every one good enough beside its forerunner. */
  @Test
  void slowDeclineIsCaughtAgainstTheAnchor() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int chain = 0; chain < 299; chain++) {
      boolean caught = false;
      for (int release = 1; release <= 10 && !caught; release++) {
        caught = run(rightWrong(2000, 0.03), 0.02 * release, 2000, random, true).alarmedAt() > 0;
      }
      assertThat(caught).as("chain %d", chain).isTrue();
    }
  }

  /** The interval holds at all times together: 1,000 runs, looked at after every tenth item. */
  @Test
  void theIntervalHoldsAtAllTimes() {
    SplittableRandom random = new SplittableRandom(SEED);
    int missed = 0;
    for (int run = 0; run < 1000; run++) {
      PairedScores scores = new PairedScores(rightWrong(500, 0.03));
      boolean held = true;
      for (int i = 0; i < 500; i++) {
        item(scores, 0.04, random);
        if (i % 10 == 9) {
          Evidence evidence = scores.evidence(CONFIDENCE);
          held &= evidence.interval().lower() <= 0.04 && evidence.interval().upper() >= 0.04;
        }
      }
      missed += held ? 0 : 1;
    }

    assertThat(ClopperPearson.lower(missed, 1000, 0.99)).isLessThanOrEqualTo(0.05);
  }

  @Property(tries = 60)
  void stateGoesOnToTheSameBits(@ForAll long seed, @ForAll @IntRange(max = 399) int cut) {
    for (Kind kind : Kind.values()) {
      ScoreRules rules = new ScoreRules(kind, 400, 0.01, 0.03, 0.05);
      PairedScores whole = new PairedScores(rules);
      PairedScores parts = new PairedScores(rules);
      SplittableRandom one = new SplittableRandom(seed);
      SplittableRandom other = new SplittableRandom(seed);
      for (int i = 0; i < 400; i++) {
        parts = i == cut ? new PairedScores(rules, parts.state()) : parts;
        mixed(whole, i, one);
        mixed(parts, i, other);
      }
      assertThat(parts.state()).usingRecursiveComparison().isEqualTo(whole.state());
      assertThat(parts.evidence(CONFIDENCE)).isEqualTo(whole.evidence(CONFIDENCE));
    }
  }

  @Test
  void aClusterIsOneObservation() {
    PairedScores clustered = new PairedScores(rightWrong(200, 0.03));
    for (int i = 0; i < 20; i++) {
      for (int k = 0; k < 10; k++) {
        clustered.pair(1, k < 4 ? 0 : 1, "passage " + i, 10);
      }
    }

    assertThat(clustered.state().spending().worse()).isEqualTo(20);
    assertThat(clustered.state().spending().seen()).isEqualTo(200);
    assertThat(clustered.state().open()).isEmpty();
    assertThat(clustered.evidence(CONFIDENCE).effect()).isCloseTo(0.4, within(1e-12));

    PairedScores graded = new PairedScores(new ScoreRules(Kind.GRADED, 200, 0.01, 0.03, 0.05));
    for (int k = 0; k < 4; k++) {
      graded.pair(1, 0.5, "passage", 4);
    }
    assertThat(graded.state().burst().logProducts()[5])
        .isCloseTo(Math.log1p(0.5 * 2 / 3), within(1e-12));
  }

  /** What has no score never helps a candidate to pass. */
  @Test
  void missingItemsDoNotPass() {
    PairedScores half = new PairedScores(rightWrong(2000, 0.05));
    PairedScores few = new PairedScores(rightWrong(2000, 0.05));
    for (int i = 0; i < 2000; i++) {
      if (i % 2 == 0) {
        half.missing();
      } else {
        half.pair(1, 1);
      }
      if (i % 100 == 50) {
        few.missing();
      } else {
        few.pair(1, 1);
      }
    }

    assertThat(half.evidence(CONFIDENCE).decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(half.evidence(CONFIDENCE).used()).isEqualTo(2000);
    assertThat(few.evidence(CONFIDENCE).decision()).isEqualTo(Decision.PASSED);
  }

  @Test
  void invalidScoresAreNeverPassedSilently() {
    for (double bad : new double[] {Double.NaN, -0.1, 1.1, 0.5, Double.POSITIVE_INFINITY}) {
      PairedScores scores = new PairedScores(rightWrong(2000, 0.05));
      scores.pair(1, bad);
      for (int i = 1; i < 2000; i++) {
        scores.pair(1, 1);
      }
      Evidence evidence = scores.evidence(CONFIDENCE);
      assertThat(evidence.proved()).isTrue();
      assertThat(evidence.decision()).isEqualTo(Decision.INCONCLUSIVE);
      assertThat(evidence.why()).containsExactly(Reason.INVALID_SCORES);
    }
  }

  @Test
  void aShortPlanIsNotJudged() {
    PairedScores scores = new PairedScores(rightWrong(99, 0.05));
    for (int i = 0; i < 99; i++) {
      scores.pair(1, 0);
    }

    assertThat(scores.evidence(CONFIDENCE).decision()).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(scores.evidence(CONFIDENCE).why()).containsExactly(Reason.TOO_FEW_PLANNED);
    assertThatThrownBy(() -> scores.pair(1, 1)).hasMessageContaining("all 99 planned items");
    assertThatThrownBy(() -> rightWrong(0, 0.05)).hasMessageContaining("planned is 0");
    assertThatThrownBy(() -> rightWrong(100, 1)).hasMessageContaining("margin is 1.0");
  }

  private static ScoreRules rightWrong(int planned, double margin) {
    return new ScoreRules(Kind.RIGHT_WRONG, planned, 0.01, margin, 0.05);
  }

  /** Until it alarms, or until it is proved, or to its end. */
  private static PairedScores run(
      ScoreRules rules, double drop, int items, SplittableRandom random, boolean forAlarm) {
    PairedScores scores = new PairedScores(rules);
    for (int i = 0; i < items; i++) {
      item(scores, drop, random);
      if ((forAlarm ? scores.alarmedAt() : scores.provedAt()) > 0) {
        break;
      }
    }
    return scores;
  }

  private static void item(PairedScores scores, double drop, SplittableRandom random) {
    double draw = random.nextDouble();
    boolean lost = draw < NOISE + drop;
    boolean won = !lost && draw < 2 * NOISE + drop;
    scores.pair(won ? 0 : 1, lost ? 0 : 1);
  }

  private static void mixed(PairedScores scores, int i, SplittableRandom random) {
    int draw = random.nextInt(10);
    double one = draw < 2 ? 0 : 1;
    double other = draw > 7 ? 0 : 1;
    if (draw == 5) {
      scores.missing();
    } else if (i % 40 < 20) {
      scores.pair(one, other, "c" + i / 40, 20);
    } else {
      scores.pair(one, other);
    }
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().toArray()[values.length / 2];
  }
}
