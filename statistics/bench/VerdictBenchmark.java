package io.evalstream.bench;

import io.evalstream.statistics.blocks.BlockMetric;
import io.evalstream.statistics.blocks.BlockStatistics;
import io.evalstream.statistics.blocks.PairedDifference;
import io.evalstream.statistics.blocks.RequestTiming;
import io.evalstream.statistics.combine.AlphaShares;
import io.evalstream.statistics.distribution.ClopperPearson;
import io.evalstream.statistics.sequential.SpendingTest;
import io.evalstream.statistics.verdict.PairedScores;
import io.evalstream.statistics.verdict.ScoreRules;
import io.evalstream.statistics.verdict.ScoreRules.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Simulates releases and prints how often they alarm, how often they pass and after how many items.
 * Settings come from the environment: {@code SEED}, {@code RUNS}, {@code LATENCY_RUNS}.
 */
public final class VerdictBenchmark {

  private static final double ALPHA = 0.01;
  private static final double ALPHA_PASS = 0.05;
  private static final double NOISE = 0.05;

  private static final long SEED = setting("SEED", 1);
  private static final int RUNS = (int) setting("RUNS", 4000);
  private static final int LATENCY_RUNS = (int) setting("LATENCY_RUNS", 300);

  private VerdictBenchmark() {}

  /** Prints all tables. */
  public static void main(String[] arguments) {
    print("seed %d, %d releases a row, %d a cell of latency", SEED, RUNS, LATENCY_RUNS);
    alarms();
    passes();
    graded();
    pooled();
    latency();
    speed();
  }

  private static void alarms() {
    print("%n## Right and wrong answers: alarms, alpha %.2f%n", ALPHA);
    print("| items | drop, points | alarmed | median items to the alarm |");
    print("|---:|---:|---:|---:|");
    for (int items : new int[] {1000, 2000}) {
      for (double drop : new double[] {0, .02, .03, .05, .10}) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] at = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
          SpendingTest test = new SpendingTest(items, ALPHA);
          for (int i = 0; i < items && !test.alarmed(); i++) {
            test.observe(difference(drop, random));
          }
          at[run] = test.alarmed() ? test.state().alarmedAt() : Double.POSITIVE_INFINITY;
        }
        print("| %d | %.0f | %s | %s |", items, drop * 100, share(at), median(at));
      }
    }
  }

  private static void passes() {
    print("%n## Right and wrong answers: passes, 2,000 items, alpha-pass %.2f%n", ALPHA_PASS);
    print("| margin, points | drop, points | passed | median items to the pass |");
    print("|---:|---:|---:|---:|");
    for (double[] row : new double[][] {{.05, 0}, {.05, .05}, {.03, 0}, {.03, .03}}) {
      SplittableRandom random = new SplittableRandom(SEED);
      double[] at = new double[RUNS];
      for (int run = 0; run < RUNS; run++) {
        PairedScores scores =
            new PairedScores(new ScoreRules(Kind.RIGHT_WRONG, 2000, ALPHA, row[0], ALPHA_PASS));
        for (int i = 0; i < 2000 && scores.provedAt() == 0; i++) {
          pair(scores, row[1], random);
        }
        at[run] = scores.provedAt() > 0 ? scores.provedAt() : Double.POSITIVE_INFINITY;
      }
      print("| %.0f | %.0f | %s | %s |", row[0] * 100, row[1] * 100, share(at), median(at));
    }
  }

  /**
   * Of an item the probability of the gold choice is a logistic function of its easiness; a drop
   * takes it away evenly, and the answer is right when it is above one half.
   */
  private static void graded() {
    print("%n## 1,000 items: the probability of the gold choice beside right and wrong%n");
    print("| shift of the logit | points lost | graded alarmed | right/wrong alarmed |");
    print("|---:|---:|---:|---:|");
    for (double shift : new double[] {0, .1, .2, .4}) {
      SplittableRandom random = new SplittableRandom(SEED);
      double[] graded = new double[RUNS];
      double[] coarse = new double[RUNS];
      double lost = 0;
      for (int run = 0; run < RUNS; run++) {
        PairedScores soft =
            new PairedScores(new ScoreRules(Kind.GRADED, 1000, ALPHA, .03, ALPHA_PASS));
        SpendingTest hard = new SpendingTest(1000, ALPHA);
        for (int i = 0; i < 1000; i++) {
          double easy = 1 + 2 * random.nextGaussian();
          double one = 1 / (1 + Math.exp(-easy - .5 * random.nextGaussian()));
          double other = 1 / (1 + Math.exp(-easy + shift - .5 * random.nextGaussian()));
          int difference = (one > .5 ? 1 : 0) - (other > .5 ? 1 : 0);
          lost += difference;
          soft.pair(one, other);
          hard.observe(difference);
        }
        graded[run] = soft.alarmedAt() > 0 ? soft.alarmedAt() : Double.POSITIVE_INFINITY;
        coarse[run] = hard.alarmed() ? 1 : Double.POSITIVE_INFINITY;
      }
      print(
          "| %.1f | %.1f | %s | %s |",
          shift, lost / RUNS / 10, share(graded), share(coarse));
    }
  }

  private static void pooled() {
    print("%n## Eight benchmarks of 1,000 items, all lose the same%n");
    print("| drop, points | alarmed, pooled stream with 0.3 alpha | alarmed, nine equal shares |");
    print("|---:|---:|---:|");
    AlphaShares shares = AlphaShares.of(ALPHA, 8);
    for (double drop : new double[] {0, .01, .02}) {
      double[][] at = {
        anyAlarm(shares.whole(), shares.part(), drop), anyAlarm(ALPHA / 9, ALPHA / 9, drop)
      };
      print("| %.0f | %s | %s |", drop * 100, share(at[0]), share(at[1]));
    }
  }

  private static double[] anyAlarm(double whole, double part, double drop) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] at = new double[RUNS];
    Arrays.fill(at, Double.POSITIVE_INFINITY);
    for (int run = 0; run < RUNS; run++) {
      SpendingTest pool = new SpendingTest(8000, whole);
      SpendingTest[] parts = new SpendingTest[8];
      Arrays.setAll(parts, k -> new SpendingTest(1000, part));
      for (int i = 0; i < 8000; i++) {
        double difference = difference(drop, random);
        pool.observe(difference);
        parts[i % 8].observe(difference);
      }
      if (pool.alarmed() || Arrays.stream(parts).anyMatch(SpendingTest::alarmed)) {
        at[run] = 1;
      }
    }
    return at;
  }

  /**
   * Pairs of ten blocks of one plan each: 16 slots, 300 Poisson arrivals a block, of which the first
   * sixth is warm-up, lognormal lengths, 5% noise of a request and 2% of a block.
   */
  private static void latency() {
    print("%n## Ten paired blocks, sign-flip test at %.2f: alarmed%n", ALPHA);
    print("| metric | load | same | +5%% | +10%% | +20%% |");
    print("|---|---:|---:|---:|---:|---:|");
    List<BlockMetric> metrics =
        List.of(BlockMetric.E2EL_GEOMETRIC_MEAN, BlockMetric.E2EL_P95, BlockMetric.TTFT_P95);
    double[] slowdowns = {1, 1.05, 1.1, 1.2};
    for (double load : new double[] {.5, .8, .9}) {
      int[][] alarms = new int[metrics.size()][slowdowns.length];
      for (int s = 0; s < slowdowns.length; s++) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int run = 0; run < LATENCY_RUNS; run++) {
          double[][] ratios = new double[metrics.size()][10];
          for (int k = 0; k < 10; k++) {
            long plan = random.nextLong();
            BlockStatistics one = block(plan, load, 1, random);
            BlockStatistics other = block(plan, load, slowdowns[s], random);
            for (int m = 0; m < metrics.size(); m++) {
              ratios[m][k] =
                  Math.log(
                      other.values().get(metrics.get(m)) / one.values().get(metrics.get(m)));
            }
          }
          for (int m = 0; m < metrics.size(); m++) {
            double p = PairedDifference.of(ratios[m], .95, SEED).pGreater();
            alarms[m][s] += p <= ALPHA ? 1 : 0;
          }
        }
      }
      for (int m = 0; m < metrics.size(); m++) {
        int[] found = alarms[m];
        print(
            "| %s | %.1f | %.3f | %.2f | %.2f | %.2f |",
            metrics.get(m).text(),
            load,
            (double) found[0] / LATENCY_RUNS,
            (double) found[1] / LATENCY_RUNS,
            (double) found[2] / LATENCY_RUNS,
            (double) found[3] / LATENCY_RUNS);
      }
    }
  }

  private static BlockStatistics block(
      long plan, double load, double slowdown, SplittableRandom random) {
    SplittableRandom planned = new SplittableRandom(plan);
    double blockNoise = Math.exp(.02 * random.nextGaussian());
    PriorityQueue<Double> free = new PriorityQueue<>(Comparator.naturalOrder());
    for (int slot = 0; slot < 16; slot++) {
      free.add(0.0);
    }
    double sigma = .6;
    double at = 0;
    List<RequestTiming> requests = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      at += -Math.log(1 - planned.nextDouble()) / (16 * load);
      double length = Math.exp(sigma * planned.nextGaussian() - sigma * sigma / 2);
      double noise = Math.exp(.05 * random.nextGaussian());
      double service = length * slowdown * blockNoise * noise;
      double started = Math.max(at, free.remove());
      free.add(started + service);
      requests.add(
          new RequestTiming(
              (long) (at * 1e6),
              (long) (at * 1e6),
              (long) ((started + .02 * slowdown * blockNoise * noise) * 1e6),
              (long) ((started + service) * 1e6),
              Math.max(2, Math.round(length * 100)),
              true,
              i < 50));
    }
    return BlockStatistics.of(requests, true);
  }

  private static void speed() {
    print("%n## Speed of one thread, 35,000 items of one stream%n");
    print("| scores | million items/s | numbers of state at the end |");
    print("|---|---:|---:|");
    for (Kind kind : Kind.values()) {
      double best = 0;
      int numbers = 0;
      for (int repeat = 0; repeat < 20; repeat++) {
        SplittableRandom random = new SplittableRandom(SEED);
        PairedScores scores =
            new PairedScores(new ScoreRules(kind, 35_000, ALPHA, .0001, ALPHA_PASS));
        long from = System.nanoTime();
        for (int i = 0; i < 35_000; i++) {
          pair(scores, 0, random);
        }
        best = Math.max(best, 35_000e3 / (System.nanoTime() - from));
        numbers = 8 + 27 + 6 + scores.state().spending().alive().length;
      }
      print("| %s | %.2f | %d |", kind, best, numbers);
    }
  }

  private static int difference(double drop, SplittableRandom random) {
    double draw = random.nextDouble();
    if (draw < NOISE + drop) {
      return 1;
    }
    return draw < 2 * NOISE + drop ? -1 : 0;
  }

  private static void pair(PairedScores scores, double drop, SplittableRandom random) {
    int difference = difference(drop, random);
    scores.pair(difference < 0 ? 0 : 1, difference > 0 ? 0 : 1);
  }

  private static String share(double[] at) {
    long found = Arrays.stream(at).filter(Double::isFinite).count();
    double side = .975;
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f)",
        (double) found / at.length,
        found == 0 ? 0 : ClopperPearson.lower(found, at.length, side),
        ClopperPearson.upper(found, at.length, side));
  }

  private static String median(double[] at) {
    double middle = Arrays.stream(at).sorted().toArray()[at.length / 2];
    return Double.isFinite(middle) ? String.format(Locale.ROOT, "%.0f", middle) : "–";
  }

  private static long setting(String name, long otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
