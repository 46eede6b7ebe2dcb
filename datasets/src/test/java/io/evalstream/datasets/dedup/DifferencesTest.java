package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.datasets.dedup.Difference.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "She buys 3 pens a day. | She buys 5 pens a day. | 3 | 5",
        "It costs 1,000 won. | It costs 10000 won. | 1000 | 10000",
        "Is 10² large? | Is 10³ large? | ² | ³",
        "What is 3 + 5? | What is 3 - 5? | + | -",
        "Twelve pens and two cups | Twelve pens and three cups | 2 | 3",
        "실내온도를 삼십도로 맞춰줘 | 실내온도를 이십오도로 맞춰줘 | 30 | 25",
        "내일 세 시에 깨워줘 | 내일 네 시에 깨워줘 | 3 | 4",
        "열두 명이 온다 | 열한 명이 온다 | 12 | 11",
        "삼층 불을 켜 | 이층 불을 켜 | 3 | 2",
        "상금은 3만원이다 | 상금은 3천원이다 | 3만 | 3천"
      })
  void numbers(String one, String other, String first, String second) {
    assertThat(Differences.between(one, other))
        .contains(new Difference(Kind.NUMBER, first, second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How old is Tom now? | How old is Ann now? | tom | ann",
        "Janet sells eggs. | Susan sells eggs. | janet | susan",
        "Tom gave Ann a book | Ann gave Tom a book | tom ann | ann tom",
        "강남역 미세먼지 지수 알려줘. | 용산구 미세먼지 지수 알려줘. | 강남역 | 용산구",
        "엘니뇨 현상의 주요 원인은? | 라니냐 현상의 주요 원인은? | 엘니뇨 | 라니냐",
        "거래처가 보낸 메일은 지우지 마 | 진에어가 보낸 메일은 지우지 마 | 거래처 | 진에어"
      })
  void names(String one, String other, String first, String second) {
    assertThat(Differences.between(one, other)).contains(new Difference(Kind.NAME, first, second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Which of these can be derived? | Which of these cannot be derived? | '' | cannot",
        "It is raining | It isn't raining | '' | n't",
        "메일을 읽은 사람 | 메일을 안 읽은 사람 | '' | 안"
      })
  void negations(String one, String other, String first, String second) {
    assertThat(Differences.between(one, other))
        .containsExactly(new Difference(Kind.NEGATION, first, second));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is the capital of France? | Which is the capital of France?",
        "It costs 1,000 won. | It costs 1000 won!",
        "It costs 12 won. | It costs twelve won.",
        "who is tom? | Who is Tom now?",
        "메일을 다 비울까? | 메일은 다 비울까?",
        "내일 일정 좀 알려줘 | 내일 일정 좀 알려줄래",
        "30도로 맞춰줘 | 삼십도로 맞춰줘",
        "아침에는 잊지 말고 물을 마셔 | 아침에는 까먹지 말고 물을 마셔"
      })
  void noneWhereOnlyWordsOrEndingsDiffer(String one, String other) {
    assertThat(Differences.between(one, other)).isEmpty();
  }

  @Test
  void orderOfTheTextsOnlySwapsTheSides() {
    List<Difference> there = Differences.between("Tom has 3 cats", "Ann has 4 cats");
    List<Difference> back = Differences.between("Ann has 4 cats", "Tom has 3 cats");
    assertThat(back)
        .isNotEmpty()
        .extracting(Difference::kind)
        .isEqualTo(there.stream().map(Difference::kind).toList());
    assertThat(back)
        .extracting(Difference::first)
        .isEqualTo(there.stream().map(Difference::second).toList());
    assertThat(back)
        .extracting(Difference::second)
        .isEqualTo(there.stream().map(Difference::first).toList());
  }
}
