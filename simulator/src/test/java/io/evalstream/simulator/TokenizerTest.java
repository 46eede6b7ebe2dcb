package io.evalstream.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TokenizerTest {
  @Test
  void tokenIsAWordWithTheSpaceBeforeIt() {
    assertThat(Tokenizer.count("The quick  brown\nfox ")).isEqualTo(5);
    assertThat(Tokenizer.count("")).isZero();
  }

  @Property
  void countAgreesWithTokens(@ForAll String text) {
    assertThat(Tokenizer.tokenize(text))
        .hasSize(Tokenizer.count(text))
        .allMatch(id -> id >= 0 && id < Tokenizer.VOCABULARY_SIZE);
  }

  @Property
  void answerOfNTokensIsNTokensAgain(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 200) int tokens) {
    RequestSeed request = RequestSeed.ofArrival(seed, 7);
    String answer =
        IntStream.range(0, tokens)
            .mapToObj(i -> Tokenizer.answerToken(Tokenizer.answerTokenId(request, i)))
            .collect(Collectors.joining());

    assertThat(Tokenizer.tokenize(answer))
        .isEqualTo(
            IntStream.range(0, tokens)
                .map(i -> Tokenizer.answerTokenId(request, i))
                .boxed()
                .toList());
  }
}
