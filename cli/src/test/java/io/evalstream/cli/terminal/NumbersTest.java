package io.evalstream.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void aBoundHasNoMorePlacesThanItNeeds() {
    assertThat(Numbers.plain(2000)).isEqualTo("2,000");
    assertThat(Numbers.plain(0)).isEqualTo("0");
    assertThat(Numbers.plain(99.9)).isEqualTo("99.9");
    assertThat(Numbers.plain(0.125)).isEqualTo("0.13");
  }

  @Test
  void aFigureThatMissesItsBoundLooksLikeIt() {
    assertThat(Numbers.apartFrom(200, 200.0004)).isEqualTo("200.0004");
    assertThat(Numbers.apartFrom(200, 201)).isEqualTo("201.00");
    assertThat(Numbers.apartFrom(200, 200)).isEqualTo("200.00");
  }

  @Test
  void onlyAllIsAHundredPercent() {
    assertThat(Numbers.percent(99_999_999, 100_000_000)).isEqualTo("99.99%");
    assertThat(Numbers.percent(3, 3)).isEqualTo("100.00%");
    assertThat(Numbers.percent(0, 0)).isEqualTo("–");
  }

  @Test
  void durationsReadAsOnAClock() {
    assertThat(Numbers.clock(0)).isEqualTo("0:00");
    assertThat(Numbers.clock(65)).isEqualTo("1:05");
    assertThat(Numbers.clock(3_661)).isEqualTo("1:01:01");
  }

  @Test
  void sentencesBreakAtSpacesAndLongWordsStayWhole() {
    assertThat(Paragraph.lines("  ", "가 ".repeat(30) + "x".repeat(90)))
        .containsExactly("  " + "가 ".repeat(25) + "가", "    가 가 가 가", "    " + "x".repeat(90));
    assertThat(Paragraph.lines("", "one two")).containsExactly("one two");
  }
}
