package io.evalstream.datasets.snapshot.anonymize;

import static io.evalstream.datasets.snapshot.anonymize.Category.NAME;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names, found by what stands beside them and by lists of common ones. A name that is on no list
 * and has nothing beside it is not found.
 */
final class NameRules {

  private static final Set<String> COMMON = words("korean-common-words.txt");
  private static final Set<String> FIRST = words("english-given-names.txt");
  private static final String GIVEN = String.join("|", words("korean-given-names.txt"));
  private static final String SURNAME =
      "(?:남궁|황보|제갈|사공|선우|서문|독고|[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹])";
  private static final String SYLLABLE =
      "[가강건경관광교구권규균근금길나남노늘다단대덕도동두라래려련령림마만명모무문미민백범별병보복봄봉비빈빛상새서석선설섭성세소솔송수숙순슬승시식신아안애양언연열영예옥완용우욱운웅원월유윤율은음익인일자재정제조종주준중진찬창채천철초춘충치태택하학한해향혁현형혜호홍화환회효후훈휘흥희지란]";
  private static final String PARTICLE =
      "(?=[^가-힣]|$|(?:이|가|은|는|을|를|의|에게|한테|께서?|와|과|이?랑|하고|도|만|로|으로|님|씨|이?라고|이?며|이?고|이?야|"
          + "입니다|이에요|예요|이예요|인데|이?란|이?라는|에요|앞|이?랍니다|이?지만)(?![가-힣]{4}))";
  private static final String TITLE =
      "(?:선생님?|교수님?|팀장님?|과장님?|대리님?|부장님?|차장님?|사장님?|대표님?|이사님?|상무님?|전무님?|원장님?|변호사님?|의사|"
          + "간호사님?|기자님?|고객님?|박사님?|주임님?|사원|실장님?|본부장님?|소장님?|국장님?|회장님?|선배님?|후배|매니저님?|"
          + "연구원님?|조교님?|환자분?|어르신|학생|목사님?|작가님?|감독님?)";
  private static final String ENGLISH = "(?:O'|Mc|Mac|D')?\\p{Lu}\\p{Ll}+(?:-\\p{Lu}\\p{Ll}+)?";
  private static final String SURNAMES = String.join("|", words("english-surnames.txt"));
  private static final String FIRSTS = String.join("|", FIRST);
  private static final Set<String> NO_NAMES =
      Set.of(
          "the",
          "if",
          "when",
          "and",
          "but",
          "after",
          "before",
          "while",
          "since",
          "because",
          "then",
          "how",
          "what",
          "why",
          "who",
          "great",
          "sir",
          "madam",
          "team",
          "all",
          "customer",
          "everyone",
          "there",
          "hiring",
          "support",
          "santa",
          "god",
          "street",
          "road",
          "avenue",
          "university",
          "college",
          "school",
          "day",
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday");

  private NameRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.matching(
            "name.kr-cue",
            1,
            NAME,
            "(?:이름|성함|성명|본명|예금주|수령인|수취인|받는 ?(?:분|사람|이)|보내는 ?(?:분|사람|이)|담당자|고객명|환자명|신청인|신청자|"
                + "작성자|대표자|보호자|계약자|명의자|임차인|임대인|발신인|수신인|의뢰인|환자|피고|원고)"
                + "\\s{0,2}(?:은|는|이|가|:|=|-|,)?\\s{0,2}[\"']?(?<v>"
                + SURNAME
                + "[가-힣]{1,2}?)"
                + PARTICLE,
            NameRules::koreanName),
        Rule.matching(
            "name.kr-related",
            1,
            NAME,
            "(?:친구|남편|아내|딸|아들|동생|동료|팀원|직원|고객|상사|부하|제자|누나|오빠|언니|사촌|조카)\\s{0,2}(?:인|은|는|:)?\\s{0,2}"
                + "(?<v>"
                + SURNAME
                + SYLLABLE
                + "{2})"
                + PARTICLE,
            NameRules::koreanName),
        Rule.matching(
            "name.kr-self",
            1,
            NAME,
            "(?:저는|나는|전|제가|내가|안녕하세요,?)\\s{1,2}(?:[가-힣A-Za-z0-9 ]{0,12}\\s)?(?<v>"
                + SURNAME
                + SYLLABLE
                + "{2})(?=이?(?:입니다|에요|예요|라고|라는|라 |야|인데)|입니다|인데)",
            NameRules::koreanName),
        Rule.matching(
            "name.kr-suffix",
            1,
            NAME,
            "(?<![가-힣])(?<v>(?:" + SURNAME + "[가-힣]{1,2}|" + GIVEN + "))\\s?(?:씨|님)(?![가-힣]{3})",
            NameRules::koreanName),
        Rule.matching(
            "name.kr-title",
            1,
            NAME,
            "(?<![가-힣])(?<v>" + SURNAME + SYLLABLE + "{2})\\s?" + TITLE,
            NameRules::koreanName),
        Rule.matching(
            "name.kr-common",
            1,
            NAME,
            "(?<![가-힣])(?<v>" + SURNAME + "(?:" + GIVEN + "))" + PARTICLE,
            NameRules::koreanName),
        Rule.matching(
            "name.en-title",
            1,
            NAME,
            "(?<![A-Za-z&])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Miss)\\.?\\s{1,2}(?<v>"
                + ENGLISH
                + "(?:\\s(?:\\p{Lu}\\.\\s)?"
                + ENGLISH
                + ")?)",
            NameRules::englishName),
        Rule.matching(
            "name.en-cue",
            1,
            NAME,
            "(?i:(?:my|his|her|the|their|customer|patient|full|first|last|user)(?:'s)? name is|name\\s?[:=]"
                + "|attn[:.]?|i'm called|call me|signed,?|patient|customer[:,]?|from:|cc:|recipient:?)\\s{1,2}(?<v>"
                + ENGLISH
                + "(?:\\s(?:\\p{Lu}\\.\\s)?"
                + ENGLISH
                + "){0,2})",
            NameRules::englishName),
        Rule.matching(
            "name.en-greeting",
            1,
            NAME,
            "(?:Dear|Hi|Hello|Hey|(?:Best |Kind |Warm )?[Rr]egards|Sincerely|Cheers|Yours truly),?\\s{1,3}(?<v>"
                + ENGLISH
                + "(?:\\s"
                + ENGLISH
                + ")?)(?=[\\s,.!?]|$)",
            NameRules::englishName),
        Rule.matching(
            "name.en-self",
            1,
            NAME,
            "(?<![A-Za-z])(?:I am|I'm|[Tt]his is|[Ii]t's)\\s(?<v>(?:(?i:"
                + FIRSTS
                + ")(?![A-Za-z])(?:\\s"
                + ENGLISH
                + ")?|"
                + ENGLISH
                + "\\s(?:"
                + SURNAMES
                + ")(?![A-Za-z])))",
            NameRules::englishName),
        Rule.matching(
            "name.en-lower",
            1,
            NAME,
            "(?i:name is|name:|i am|i'm)\\s(?<v>(?i:"
                + FIRSTS
                + ")(?:\\s(?i:"
                + SURNAMES
                + "))?)(?![A-Za-z])"),
        Rule.matching(
            "name.en-common",
            1,
            NAME,
            "(?<![A-Za-z])(?<v>(?:"
                + FIRSTS
                + ")\\s(?:\\p{Lu}\\.\\s)?"
                + ENGLISH
                + "|"
                + ENGLISH
                + "\\s(?:"
                + SURNAMES
                + ")|(?:"
                + FIRSTS.toUpperCase(Locale.ROOT)
                + ")\\s(?:"
                + SURNAMES.toUpperCase(Locale.ROOT)
                + "))(?![A-Za-z])",
            NameRules::englishName));
  }

  private static boolean koreanName(String name) {
    return !COMMON.contains(name)
        && !(name.length() == 3
            && "은는이가을를도만의".indexOf(name.charAt(2)) >= 0
            && COMMON.contains(name.substring(0, 2)));
  }

  private static boolean englishName(String name) {
    for (String word : name.split("\\s", -1)) {
      if (NO_NAMES.contains(word.toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> words(String resource) {
    try (InputStream in = NameRules.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TreeSet<>(List.of(text.strip().split("\\s+", -1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
