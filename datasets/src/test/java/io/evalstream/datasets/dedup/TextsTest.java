package io.evalstream.datasets.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Property
  void normalisingTwiceChangesNothing(@ForAll String text) {
    String once = normalized(text);
    assertThat(normalized(once)).isEqualTo(once);
  }

  @Test
  void formsOfHangulAreOneText() {
    String composed = "메일을 다 비울까?";
    assertThat(normalized(Normalizer.normalize(composed, Normalizer.Form.NFD))).isEqualTo(composed);
  }

  @Test
  void spacesOfEveryKindAreOne() {
    assertThat(normalized("\uFEFF a\u00A0\u3000b\t\n\u200Bc ")).isEqualTo("a b c");
  }

  @Test
  void caseIsThatOfNoLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(normalized("WHICH TITLE?")).isEqualTo("which title?");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String normalized(String text) {
    return Texts.normalized(Texts.composed(text));
  }
}
