package io.evalstream.datasets.snapshot.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

class AnonymizerTest {

  private static final Anonymizer ANONYMIZER = new Anonymizer(new Fingerprint(new byte[32]));
  private static final List<String> BEFORE =
      List.of(
          "",
          "번호는 ",
          "문의드립니다.\n",
          "여기로 보내 줘: ",
          "안녕하세요! ",
          "(",
          "Please use ",
          "it is ",
          "see: ",
          "오늘 3시에 ",
          "- ");
  private static final List<String> AFTER =
      List.of(
          "", "입니다", "로 부탁해요", "이에요.", " 맞나요?", ")", " please", ", thanks", ".", "\n감사합니다", "!");

  @Property
  void noNumberOrAddressIsLeft(
      @ForAll("personal") String personal,
      @ForAll @IntRange(max = 10) int before,
      @ForAll @IntRange(max = 10) int after) {
    String text = BEFORE.get(before) + personal + AFTER.get(after);

    Anonymized done = ANONYMIZER.anonymize(text);

    assertThat(done.text()).doesNotContain(personal);
    assertThat(pieces(personal)).allMatch(piece -> !done.text().contains(piece));
    // a bracket before a number is taken as part of it
    assertThat(done.text()).startsWith(BEFORE.get(before).replace("(", "").strip());
    assertThat(done.text()).endsWith(AFTER.get(after).strip());
  }

  @Property
  void onceIsEnough(
      @ForAll("personal") String one,
      @ForAll("personal") String other,
      @ForAll @IntRange(max = 10) int between) {
    Anonymized done = ANONYMIZER.anonymize(one + AFTER.get(between) + " " + other);

    Anonymized again = ANONYMIZER.anonymize(done.text());

    assertThat(again.text()).isEqualTo(done.text());
    assertThat(again.changes()).isEmpty();
    assertThat(done.risk()).isNull();
  }

  @Property
  void whatIsNoDigitLetterOrSignIsNeverTouched(@ForAll("plain") String text) {
    assertThat(ANONYMIZER.anonymize(text).text()).isEqualTo(text);
  }

  @Property
  void anyTextIsTakenAndStaysAsItWasButForTheChanges(@ForAll String text) {
    Anonymized done = ANONYMIZER.anonymize(text);

    assertThat(undone(done, text)).isEqualTo(text);
  }

  @Property
  void writtenInOtherCharactersItIsFoundAsWell(
      @ForAll("personal") String personal, @ForAll @IntRange(max = 3) int way) {
    Anonymized done = ANONYMIZER.anonymize("번호는 " + disguised(personal, way) + " 입니다");

    assertThat(NormalizedText.of(done.text()).text())
        .doesNotContain(NormalizedText.of(personal).text());
    assertThat(done.changes()).isNotEmpty();
  }

  @Example
  void decomposedHangulIsFound() {
    String text = Normalizer.normalize("제 이름은 김민준입니다", Normalizer.Form.NFD);

    assertThat(Normalizer.normalize(ANONYMIZER.anonymize(text).text(), Normalizer.Form.NFC))
        .isEqualTo("제 이름은 [이름1]입니다");
  }

  @Example
  void theSameValueHasTheSamePlaceholder() {
    assertThat(
            ANONYMIZER
                .anonymize(
                    "김민준 씨 번호는 010-1234-5678, 이서연 씨는 010 9999 8888. 김민준 씨는 01012345678도 맞아요?")
                .text())
        .isEqualTo("[이름1] 씨 번호는 [전화1], [이름2] 씨는 [전화2]. [이름1] 씨는 [전화1]도 맞아요?");
  }

  @Example
  void englishTextsHaveEnglishPlaceholders() {
    assertThat(ANONYMIZER.anonymize("Mail a.b@example.com, then A.B@example.com").text())
        .isEqualTo("Mail [EMAIL_1], then [EMAIL_1]");
  }

  @Example
  void placeholdersOfBeforeStayAndAreNotGivenAgain() {
    assertThat(ANONYMIZER.anonymize("[PHONE_1] or 415-555-2671").text())
        .isEqualTo("[PHONE_1] or [PHONE_2]");
  }

  @Example
  void whatLooksRiskyIsNotLetOut() {
    assertThat(ANONYMIZER.anonymize("구분 99 887766 554433 2211").risk()).isEqualTo(Risk.DIGITS);
    assertThat(ANONYMIZER.anonymize("write to root@localhost").risk()).isEqualTo(Risk.AT_SIGN);
    assertThat(ANONYMIZER.anonymize("a".repeat(Anonymizer.LONGEST + 1)).risk())
        .isEqualTo(Risk.TOO_LONG);
    assertThat(ANONYMIZER.anonymize("3.14159265358979 and 1,000,000,000").risk()).isNull();
  }

  @Example
  void longTextsAreTaken() {
    for (String part : List.of("가 ", "1-", "a.", "김민준 ", "A ", "@", "01", "서울시 ", ":", "\u200b")) {
      ANONYMIZER.anonymize(part.repeat(20_000 / part.length()));
    }
  }

  @Example
  void rulesHaveIdsOfTheirOwn() {
    Set<String> ids = new HashSet<>();
    assertThat(Anonymizer.RULES).allMatch(rule -> ids.add(rule.id()) && rule.version() > 0);
  }

  @Example
  void theProofHoldsNothingOfWhatWasRemoved() {
    Anonymized done = ANONYMIZER.anonymize("제 메일은 minjun@example.com 입니다");

    assertThat(done.changes()).hasSize(1);
    Change change = done.changes().get(0);
    assertThat(change.rule()).isEqualTo("contact.email");
    assertThat(change.offset()).isEqualTo(6);
    assertThat(change.length()).isEqualTo("minjun@example.com".length());
    assertThat(change.hmac())
        .isEqualTo(new Fingerprint(new byte[32]).of("EMAIL", "minjun@example.com"))
        .isNotEqualTo(
            new Fingerprint("k".repeat(32).getBytes(StandardCharsets.UTF_8))
                .of("EMAIL", "minjun@example.com"));
    assertThat(change.toString()).doesNotContain("minjun");
  }

  @Provide
  Arbitrary<String> personal() {
    return Arbitraries.oneOf(emails(), phones(), residents(), cards());
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings().withChars("가나다 라마.,!?\n").ofMaxLength(60);
  }

  private static Arbitrary<String> emails() {
    Arbitrary<String> word =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(9);
    return Combinators.combine(
            word,
            Arbitraries.of(".", "_", "-", "+", ""),
            word,
            word,
            Arbitraries.of("com", "co.kr", "io", "org"))
        .as((a, sign, b, c, top) -> a + sign + b + "@" + c + "." + top);
  }

  private static Arbitrary<String> phones() {
    return Combinators.combine(
            Arbitraries.of(
                "010", "011", "016", "02", "031", "051", "064", "070", "+82 10", "+82-2"),
            Arbitraries.integers().between(200, 9999),
            Arbitraries.integers().between(1000, 9999),
            Arbitraries.of("-", " ", ".", ""))
        .as(
            (area, middle, last, sign) ->
                area.startsWith("+") && sign.isEmpty()
                    ? area + "-" + middle + "-" + last
                    : area + sign + middle + sign + last);
  }

  private static Arbitrary<String> residents() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 99),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(1, 28),
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(0, 999_999),
            Arbitraries.of("-", "", " - ", " "))
        .as(
            (year, month, day, century, rest, sign) ->
                String.format("%02d%02d%02d%s%d%06d", year, month, day, sign, century, rest));
  }

  private static Arbitrary<String> cards() {
    return Combinators.combine(
            Arbitraries.of("4", "51", "55", "9410", "62"),
            Arbitraries.strings().numeric().ofLength(15),
            Arbitraries.of("-", " ", ""))
        .as(
            (start, rest, sign) -> {
              String digits = (start + rest).substring(0, 15);
              try {
                String all = digits + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate(digits);
                return all.replaceAll("(.{4})(?!$)", "$1" + sign);
              } catch (CheckDigitException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  /** The parts of a value that tell most of it. */
  private static List<String> pieces(String personal) {
    return personal.contains("@")
        ? List.of(personal.split("@", -1))
        : List.of(personal.substring(personal.length() - 5));
  }

  private static String disguised(String personal, int way) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < personal.length(); i++) {
      char c = personal.charAt(i);
      switch (way) {
        case 0 -> text.append(c > ' ' && c <= '~' ? (char) (c + 0xFEE0) : c);
        case 1 -> text.append(c).append('\u200b');
        case 2 -> text.append(c == '-' ? '\u2013' : c).append('\u2060');
        default -> text.append(c >= '0' && c <= '9' ? (char) ('\u0660' + c - '0') : c);
      }
    }
    return text.toString();
  }

  private static String undone(Anonymized done, String original) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Change change : done.changes()) {
      text.append(done.text(), at, change.newOffset());
      text.append(original, change.offset(), change.offset() + change.length());
      at = change.newOffset() + change.placeholder().length();
    }
    return text.append(done.text(), at, done.text().length()).toString();
  }
}
