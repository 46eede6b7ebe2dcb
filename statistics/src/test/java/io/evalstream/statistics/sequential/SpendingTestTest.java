package io.evalstream.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpendingTestTest {

  /** Every way the coins can fall is run through: so many alarm as are counted, and no more. */
  @Property(tries = 60)
  void theSizeIsExact(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 5) Integer> gaps,
      @ForAll @IntRange(min = 0, max = 20) int rest,
      @ForAll @DoubleRange(min = 0.001, max = 0.3) @Scale(4) double alpha) {
    int coins = gaps.size();
    int planned = gaps.stream().mapToInt(gap -> gap + 1).sum() + rest;
    int alarms = 0;
    double spent = 0;
    for (int paths = 0; paths < 1 << coins; paths++) {
      SpendingTest test = new SpendingTest(planned, alpha);
      for (int i = 0; i < coins; i++) {
        feed(test, gaps.get(i));
        test.observe((paths >> i & 1) == 1 ? 1 : -1);
      }
      feed(test, rest);
      alarms += test.alarmed() ? 1 : 0;
      spent = Math.max(spent, test.spent());
    }

    assertThat((double) alarms / (1 << coins)).isEqualTo(spent).isLessThanOrEqualTo(alpha);
  }

  /** The boundary is the one that fractions without rounding give, path counts in integers. */
  @Test
  void alarmsWhereExactArithmeticDoes() {
    SplittableRandom random = new SplittableRandom(5);
    int alarms = 0;
    for (int run = 0; run < 40; run++) {
      int planned = 300;
      double alpha = 0.01;
      int[] items = new int[planned];
      for (int i = 0; i < planned; i++) {
        items[i] = random.nextInt(4) > 0 ? 0 : random.nextInt(10) < 7 ? 1 : -1;
      }
      SpendingTest test = new SpendingTest(planned, alpha);
      int alarmedAt = exact(items, alpha);
      for (int item : items) {
        test.observe(item);
      }
      assertThat(test.state().alarmedAt()).as("run %d", run).isEqualTo(alarmedAt);
      alarms += alarmedAt > 0 ? 1 : 0;
    }
    assertThat(alarms).isBetween(20, 39);
  }

  /** What is spent never falls, and never exceeds what may be spent by then. */
  @Property(tries = 100)
  void spendsNoMoreThanIsAllowedByThen(
      @ForAll @Size(min = 1, max = 400) List<@IntRange(min = -1, max = 1) Integer> items,
      @ForAll @DoubleRange(min = 0.0001, max = 0.2) @Scale(5) double alpha) {
    SpendingTest test = new SpendingTest(items.size(), alpha);
    double before = 0;
    for (int t = 1; t <= items.size(); t++) {
      test.observe(items.get(t - 1));
      double share = (double) t / items.size();
      assertThat(test.spent()).isBetween(before, alpha * share * share);
      before = test.spent();
    }
  }

  @Property(tries = 100)
  void goesOnFromItsState(
      @ForAll @Size(min = 2, max = 200) List<@IntRange(min = -1, max = 1) Integer> items,
      @ForAll @IntRange(min = 0, max = 199) int cut) {
    SpendingTest whole = new SpendingTest(items.size(), 0.01);
    SpendingTest parts = new SpendingTest(items.size(), 0.01);
    for (int i = 0; i < items.size(); i++) {
      if (i == cut) {
        parts = new SpendingTest(items.size(), 0.01, parts.state());
      }
      whole.observe(items.get(i));
      parts.observe(items.get(i));
    }

    assertThat(parts.state()).usingRecursiveComparison().isEqualTo(whole.state());
  }

  /** Statistics of a long run: all but all of alpha is spent, and the state stays small. */
  @Test
  void theStateOfALongRunIsBounded() {
    SpendingTest test = new SpendingTest(35_000, 0.01);
    SplittableRandom random = new SplittableRandom(1);
    int largest = 0;
    while (test.state().seen() < 35_000) {
      test.observe(random.nextBoolean() ? 1 : -1);
      largest = Math.max(largest, test.state().alive().length);
    }

    assertThat(test.alarmed()).isFalse();
    assertThat(test.spent()).isCloseTo(0.01, within(0.0005));
    assertThat(largest).isLessThan(1400);
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> new SpendingTest(0, 0.01)).hasMessageContaining("planned is 0");
    assertThatThrownBy(() -> new SpendingTest(10, 1)).hasMessageContaining("alpha is 1.0");
    SpendingTest test = new SpendingTest(1, 0.01);
    test.observe(1);
    assertThatThrownBy(() -> test.observe(1)).hasMessageContaining("all 1 planned items");
  }

  private static void feed(SpendingTest test, int items) {
    for (int i = 0; i < items; i++) {
      test.observe(0);
    }
  }

  /** Counts of paths by lead, as integers; the item of the alarm or 0. */
  private static int exact(int[] items, double alpha) {
    BigDecimal budgetAtEnd = new BigDecimal(alpha);
    BigDecimal spent = BigDecimal.ZERO;
    List<BigInteger> paths = new ArrayList<>(List.of(BigInteger.ONE));
    int coins = 0;
    int worse = 0;
    for (int t = 1; t <= items.length; t++) {
      if (items[t - 1] != 0) {
        coins++;
        worse += items[t - 1] > 0 ? 1 : 0;
        List<BigInteger> next = new ArrayList<>();
        for (int j = 0; j <= paths.size(); j++) {
          BigInteger stay = j < paths.size() ? paths.get(j) : BigInteger.ZERO;
          next.add(j > 0 ? stay.add(paths.get(j - 1)) : stay);
        }
        paths = next;
      } else if (t < items.length) {
        continue;
      }
      BigDecimal share =
          new BigDecimal(t).divide(new BigDecimal(items.length), MathContext.DECIMAL128);
      BigDecimal budget = budgetAtEnd.multiply(share).multiply(share).subtract(spent);
      BigInteger tail = BigInteger.ZERO;
      BigDecimal all = new BigDecimal(BigInteger.TWO.pow(coins));
      int boundary = paths.size();
      while (boundary > 0
          && new BigDecimal(tail.add(paths.get(boundary - 1))).compareTo(budget.multiply(all))
              <= 0) {
        boundary--;
        tail = tail.add(paths.get(boundary));
      }
      spent = spent.add(new BigDecimal(tail).divide(all));
      if (worse >= boundary) {
        return t;
      }
      paths = new ArrayList<>(paths.subList(0, boundary));
    }
    return 0;
  }
}
