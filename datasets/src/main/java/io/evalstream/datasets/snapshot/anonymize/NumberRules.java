package io.evalstream.datasets.snapshot.anonymize;

import static io.evalstream.datasets.snapshot.anonymize.Category.ACCOUNT;
import static io.evalstream.datasets.snapshot.anonymize.Category.BIRTH_DATE;
import static io.evalstream.datasets.snapshot.anonymize.Category.BUSINESS_NUMBER;
import static io.evalstream.datasets.snapshot.anonymize.Category.CARD;
import static io.evalstream.datasets.snapshot.anonymize.Category.ID;
import static io.evalstream.datasets.snapshot.anonymize.Category.PASSPORT;
import static io.evalstream.datasets.snapshot.anonymize.Category.PLATE;
import static io.evalstream.datasets.snapshot.anonymize.Category.RESIDENT_NUMBER;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Numbers that stand for a person, an account or a thing a person owns. */
final class NumberRules {

  private static final String DATE =
      "(?:[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}|(?:19|20)?[0-9]{2}\\s?[-./년]\\s?[0-9]{1,2}\\s?[-./월]\\s?[0-9]{1,2}\\s?일?"
          + "|(?:19|20)?[0-9]{6}(?![0-9])"
          + "|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)?[0-9]{2}"
          + "|(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.? [0-9]{1,2}(?:st|nd|rd|th)?"
          + "|[0-9]{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?)"
          + ",? (?:19|20)[0-9]{2})";
  private static final String ACCOUNT_CUE =
      "(?i:계좌(?: ?번호)?|입금|송금|이체|은행|국민|신한|우리|하나|농협|기업|새마을(?:금고)?|카카오뱅크|케이뱅크|토스(?:뱅크)?"
          + "|우체국|account(?: (?:number|no\\.?))?|acct\\.?|routing(?: number)?|sort code)";

  private NumberRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.matching(
            "id.rrn",
            1,
            RESIDENT_NUMBER,
            "(?<![0-9])[0-9]{6}\\s{0,2}[-./·_~]\\s{0,2}[1-8](?:[0-9]{6}|[0-9*xX●○#]{6})(?![0-9])"),
        Rule.matching(
            "id.rrn-plain",
            1,
            RESIDENT_NUMBER,
            "(?<![0-9])[0-9]{6}\\s{0,2}[0-9]{7}(?![0-9])",
            NumberRules::resident),
        Rule.matching(
            "id.corporate", 1, BUSINESS_NUMBER, "(?<![0-9])[0-9]{6}\\s?-\\s?[0-9]{7}(?![0-9])"),
        Rule.matching(
            "account.card",
            1,
            CARD,
            "(?<![0-9.])[2-69][0-9]{3}(?:[-. ]{0,3}[0-9]){8,14}[0-9](?![0-9])",
            value -> LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits(value))),
        Rule.matching(
            "account.card-groups",
            1,
            CARD,
            "(?<![0-9])[0-9]{4}(\\s?[-. ]\\s?)(?:[0-9]{4}|[*xX●]{4})\\1(?:[0-9]{4}|[*xX●]{4})\\1[0-9]{3,4}(?![0-9])"),
        Rule.matching(
            "account.iban",
            1,
            ACCOUNT,
            "(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?"
                + "(?![A-Za-z0-9])",
            value -> IBANValidator.getInstance().isValid(value.replace(" ", ""))),
        Rule.matching(
            "id.business",
            1,
            BUSINESS_NUMBER,
            "(?<![0-9-])[0-9]{3}\\s?-\\s?[0-9]{2}\\s?-\\s?[0-9]{5}(?![0-9-])"),
        Rule.matching(
            "id.business-plain",
            1,
            BUSINESS_NUMBER,
            "(?<![0-9.,])[1-9][0-9]{9}(?![0-9]|[.,][0-9])",
            NumberRules::business),
        Rule.matching(
            "id.us-ssn", 1, RESIDENT_NUMBER, "(?<![0-9-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])"),
        Rule.matching(
            "id.kr-driver",
            1,
            ID,
            "(?<![0-9-])(?:[0-9]{2}|서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산)\\s?-\\s?"
                + "[0-9]{2}\\s?-\\s?[0-9]{6}\\s?-\\s?[0-9]{2}(?![0-9-])"),
        Rule.matching(
            "id.passport-kr",
            1,
            PASSPORT,
            "(?<![A-Za-z0-9])[MSRODGmsrodg](?:[0-9]{8}|[0-9]{3}[A-Za-z][0-9]{4})(?![A-Za-z0-9])"),
        Rule.matching(
            "id.passport-cue",
            1,
            PASSPORT,
            "(?i:여권(?: ?번호)?|passport(?: (?:number|no\\.?))?)\\s{0,2}(?:는|은|:|=|is|#)?\\s{0,2}"
                + "(?<v>[A-Za-z]{0,2}[0-9]{6,9}[A-Za-z]?)(?![A-Za-z0-9])"),
        Rule.matching(
            "id.uuid",
            1,
            ID,
            "(?i)(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
                + "(?![0-9a-f-])"),
        Rule.matching(
            "id.cue",
            1,
            ID,
            "(?i:사번|학번|군번|회원 ?(?:번호|아이디|id)|고객 ?(?:번호|아이디|id)|주문 ?번호|예약 ?번호|운송장(?: ?번호)?|송장 ?번호"
                + "|접수 ?번호|환자 ?번호|증권 ?번호|주민(?:등록)? ?번호|외국인(?:등록)? ?번호|면허 ?번호|사업자(?:등록)? ?번호|통관 ?(?:부호|번호)"
                + "|(?:employee|customer|member|patient|order|booking|tracking|policy|case|ticket|account"
                + "|student|license|licence|ssn|social security|tax|national|user)"
                + "(?: ?(?:id|number|no\\.?|#))?)"
                + "\\s{0,2}(?:는|은|이|:|=|is|#)?\\s{0,2}#?"
                + "(?<v>(?=[A-Za-z0-9-]{0,12}[0-9]{4})[A-Za-z0-9][A-Za-z0-9-]{3,28}[A-Za-z0-9])",
            value -> !value.matches("(?:19|20)[0-9]{2}")),
        Rule.matching(
            "birth.cue",
            1,
            BIRTH_DATE,
            "(?i:생년 ?월일|생일|출생일?|date of birth|birth ?(?:date|day)|d\\.?o\\.?b\\.?|born(?: on)?)"
                + "\\s{0,2}(?:는|은|이|:|=|is|was|on)?\\s{0,2}(?<v>"
                + DATE
                + ")"),
        Rule.matching(
            "birth.suffix",
            1,
            BIRTH_DATE,
            "(?<![0-9])(?<v>(?:19|20)?[0-9]{2}\\s?[-./년]\\s?[0-9]{1,2}\\s?[-./월]\\s?[0-9]{1,2}\\s?일?)\\s?(?:생|출생)(?!각|산|활|기|수)"),
        Rule.matching(
            "vehicle.plate-kr",
            1,
            PLATE,
            "(?<![0-9가-힣])(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)\\s?)?"
                + "[0-9]{2,3}(?:[가나다라마거너더러머버서어저고노로모보소오조구누두루무부수우주하허호배아바사자육해공국합]"
                + "|[가나다라마거너더러머버서어저고노로모소오누두루무수우하허배아바사육해]\\s)"
                + "[0-9]{4}(?![0-9]|\\s?(?:년|억|만|원|명|개|번|호|회|km|kg))"),
        Rule.matching(
            "location.coordinates",
            1,
            Category.ADDRESS,
            "(?<![0-9.])-?[0-9]{1,2}\\.[0-9]{4,},\\s?-?[0-9]{1,3}\\.[0-9]{4,}(?![0-9])"));
  }

  /** Numbers of bank accounts, which are as telephone numbers to look at. */
  static List<Rule> accounts() {
    return List.of(
        Rule.matching(
            "account.bank-cue",
            1,
            ACCOUNT,
            ACCOUNT_CUE
                + "[^0-9\\n\\[\\]\uE000]{0,12}(?<v>[0-9](?:[- ]{0,2}[0-9]){8,15})(?![0-9])"),
        Rule.matching(
            "account.bank-groups",
            1,
            ACCOUNT,
            "(?<![0-9-])[0-9]{2,6}-[0-9]{2,6}-[0-9]{2,8}(?:-[0-9]{1,4})?(?![0-9-])",
            value -> digits(value).length() >= 10 && digits(value).length() <= 16));
  }

  private static String digits(String value) {
    StringBuilder digits = new StringBuilder();
    value.chars().filter(c -> c >= '0' && c <= '9').forEach(c -> digits.append((char) c));
    return digits.toString();
  }

  /**
   * Whether 13 digits begin with a date of birth and go on with a digit for sex and century. The
   * check digit is not asked for: numbers given since October 2020 have none.
   */
  private static boolean resident(String value) {
    String digits = digits(value);
    char century = digits.charAt(6);
    if (century < '1' || century > '8') {
      return false;
    }
    int year = Integer.parseInt(digits.substring(0, 2));
    try {
      LocalDate.of(
          (century == '1' || century == '2' || century == '5' || century == '6' ? 1900 : 2000)
              + year,
          Integer.parseInt(digits.substring(2, 4)),
          Integer.parseInt(digits.substring(4, 6)));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The check digit of the National Tax Service's ten-digit business numbers. */
  static boolean business(String digits) {
    int[] weights = {1, 3, 7, 1, 3, 7, 1, 3, 5};
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (digits.charAt(i) - '0');
    }
    sum += 5 * (digits.charAt(8) - '0') / 10;
    return (10 - sum % 10) % 10 == digits.charAt(9) - '0';
  }
}
