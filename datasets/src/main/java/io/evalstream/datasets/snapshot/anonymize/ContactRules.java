package io.evalstream.datasets.snapshot.anonymize;

import static io.evalstream.datasets.snapshot.anonymize.Category.EMAIL;
import static io.evalstream.datasets.snapshot.anonymize.Category.HANDLE;
import static io.evalstream.datasets.snapshot.anonymize.Category.NETWORK;
import static io.evalstream.datasets.snapshot.anonymize.Category.PHONE;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.validator.routines.InetAddressValidator;

/** How to reach somebody or somebody's machine. */
final class ContactRules {

  private static final String AT = "(?:@|%40|&#0*64;|&commat;)";
  private static final String WORDY_AT = "\\s?(?:\\(at\\)|\\[at\\]|\\{at\\}| at |골뱅이|앳)\\s?";
  private static final String WORDY_DOT = "\\s?(?:\\(dot\\)|\\[dot\\]|\\{dot\\}| dot |닷|점|\\.)\\s?";
  private static final String LETTER = "[\\p{L}\\p{N}&&[^가-힣ㄱ-ㅣ]]";
  private static final String LABEL = LETTER + "(?:" + LETTER + "|-){0,62}";
  private static final String DOMAIN =
      "(?:(?:[가-힣]{1,20}\\.)?(?:"
          + LABEL
          + "\\.){1,8}"
          + "[\\p{L}&&[^가-힣]]{2,24}"
          + "|[가-힣a-zA-Z0-9-]{1,30}\\.(?:한국|닷컴|닷넷|kr|com|net)"
          + "|\\[[0-9a-fA-F:.]{7,45}\\])";
  private static final String LOCAL = "(?:" + LETTER + "|[.!#$&'*+/=?^_`{|}~-]){1,64}";
  private static final String SEPARATOR = "\\s{0,2}[-.·/_)]?\\s{0,2}";
  private static final String SPOKEN = "[공영일이삼사오육칠팔구빵]";

  /** What code has after an at sign. */
  private static final Set<String> CODE =
      Set.of(
          "app",
          "author",
          "autowired",
          "bean",
          "classmethod",
          "component",
          "data",
          "dataclass",
          "deprecated",
          "entity",
          "export",
          "font",
          "import",
          "include",
          "keyframes",
          "media",
          "nullable",
          "override",
          "param",
          "property",
          "pytest",
          "return",
          "service",
          "staticmethod",
          "supports",
          "test",
          "throws",
          "todo",
          "transactional",
          "types");

  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  private ContactRules() {}

  static List<Rule> emails() {
    return List.of(
        Rule.matching("contact.email", 1, EMAIL, LOCAL + AT + DOMAIN),
        Rule.matching(
            "contact.email-hangul", 1, EMAIL, "[가-힣A-Za-z0-9._-]{0,40}[가-힣]" + AT + DOMAIN),
        Rule.matching(
            "contact.email-spelled",
            1,
            EMAIL,
            "(?i)(?<![a-z0-9._-])[a-z0-9._+-]{2,40}"
                + WORDY_AT
                + "[a-z0-9-]{2,30}(?:"
                + WORDY_DOT
                + "(?:com|net|org|kr|co|io|ac|edu|gov|go|me|dev|ai|컴|넷))+(?![a-z])"));
  }

  /** Telephones, machines and accounts of services. */
  static List<Rule> all() {
    return List.of(
        Rule.matching(
            "network.ipv6",
            1,
            NETWORK,
            "(?<![0-9A-Za-z:.])[0-9a-fA-F]{0,4}:(?:[0-9a-fA-F]{0,4}:){1,7}[0-9a-fA-F.]{0,15}"
                + "(?<![:.])(?![0-9A-Za-z:])",
            value ->
                value.length() > 4
                    && InetAddressValidator.getInstance().isValidInet6Address(value)),
        Rule.matching(
            "network.mac",
            1,
            NETWORK,
            "(?<![0-9A-Za-z:-])[0-9a-fA-F]{2}(?:([:-])[0-9a-fA-F]{2})(?:\\1[0-9a-fA-F]{2}){4}"
                + "(?![0-9A-Za-z:-])"),
        Rule.matching(
            "network.ipv4",
            1,
            NETWORK,
            "(?<![0-9.])(?:[0-9]{1,3}\\.){3}[0-9]{1,3}(?![0-9]|\\.[0-9])",
            value ->
                InetAddressValidator.getInstance().isValidInet4Address(value)
                    && !value.startsWith("127.")
                    && !value.startsWith("0.")),
        Rule.matching(
            "contact.phone-kr-mobile",
            1,
            PHONE,
            "(?<![0-9])(?<![0-9]-)(?:\\+?\\(?82\\)?"
                + SEPARATOR
                + "\\(?0?\\)?|\\(?[0OoＯ])1[0Oo16789]"
                + SEPARATOR
                + "[0-9OoIl]{3,4}"
                + SEPARATOR
                + "[0-9OoIl]{4}(?![0-9])"),
        Rule.matching(
            "contact.phone-kr-landline",
            1,
            PHONE,
            "(?<![0-9.])(?<![0-9]-)(?:\\+?\\(?82\\)?"
                + SEPARATOR
                + "0?|\\(?0)"
                + "(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50[0-9]?)"
                + SEPARATOR
                + "[0-9]{3,4}"
                + SEPARATOR
                + "[0-9]{4}(?![0-9])"),
        Rule.matching(
            "contact.phone-spelled",
            1,
            PHONE,
            "공\\s?일\\s?[공영일육칠팔구](?:[\\s,.-]{0,2}" + SPOKEN + "){7,8}"),
        Rule.matching(
            "contact.phone-us",
            1,
            PHONE,
            "(?<![0-9.$])(?:\\+?1[-. ]?)?(?:\\([2-9][0-9]{2}\\)[-. ]?|[2-9][0-9]{2}([-. ]))"
                + "[0-9]{3}[-. ][0-9]{4}(?![0-9])"),
        Rule.matching(
            "contact.phone-cue",
            1,
            PHONE,
            "(?i:전화(?: ?번호)?|휴대(?:폰|전화)(?: ?번호)?|핸드폰(?: ?번호)?|연락처|팩스|phone(?: number)?|mobile"
                + "|cell|tel|fax|whats ?app|call me at|text me at|reach me at)"
                + "\\s{0,2}(?:는|은|:|=|is|on|at|\\.)?\\s{0,2}(?<v>[+(]?[0-9][0-9 ().-]{5,18}[0-9])"
                + "(?![0-9])"),
        new Rule("contact.phone-library", 1, PHONE, ContactRules::phones),
        Rule.matching(
            "contact.handle-cue",
            1,
            HANDLE,
            "(?i:(?:카톡|카카오톡|인스타(?:그램)?|텔레그램|라인|위챗|텀블러|트위터|네이버|skype|telegram|discord|instagram|twitter|wechat)"
                + " ?(?:아이디|id|계정|handle|username))\\s{0,2}(?:는|은|:|=|is)?\\s{0,2}"
                + "(?<v>[A-Za-z0-9_][A-Za-z0-9_.-]{2,38}[A-Za-z0-9_])"),
        Rule.matching(
            "contact.handle",
            1,
            HANDLE,
            "(?<![\\p{L}\\p{N}_@\\]\uE000])@[A-Za-z0-9_][A-Za-z0-9_.-]{1,38}[A-Za-z0-9_]",
            value ->
                !CODE.contains(
                    value.substring(1).replaceFirst("[._-].*", "").toLowerCase(Locale.ROOT))));
  }

  /** Numbers that libphonenumber knows to be possible in Korea, or in the United States. */
  private static List<Span> phones(String text) {
    if (text.chars().filter(Character::isDigit).limit(7).count() < 7) {
      return List.of();
    }
    String region = Language.of(text) == Language.KOREAN ? "KR" : "US";
    List<Span> found = new ArrayList<>();
    for (PhoneNumberMatch match :
        PHONES.findNumbers(
            text, region, PhoneNumberUtil.Leniency.STRICT_GROUPING, Integer.MAX_VALUE)) {
      found.add(new Span(match.start(), match.end()));
    }
    return found;
  }
}
