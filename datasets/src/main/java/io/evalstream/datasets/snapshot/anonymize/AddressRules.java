package io.evalstream.datasets.snapshot.anonymize;

import static io.evalstream.datasets.snapshot.anonymize.Category.ADDRESS;

import java.util.List;

/** Where somebody lives or works. */
final class AddressRules {

  private static final String PROVINCE =
      "(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|충청[남북]|전라[남북]|경상[남북])"
          + "(?:특별자치시|특별자치도|특별시|광역시|시|도)?\\s{1,2})";
  private static final String DISTRICT = "(?:[가-힣]{1,6}(?:시|군|구)\\s{1,2})";
  private static final String TOWN = "(?:[가-힣0-9]{1,8}(?:읍|면|동|리|가)\\s{1,2})";
  private static final String REGION =
      "(?:" + PROVINCE + DISTRICT + "{0,2}|" + DISTRICT + "{1,2})" + TOWN + "{0,2}";
  private static final String UNIT =
      "(?:,?\\s{0,2}(?:\\([가-힣0-9, ]{2,20}\\)\\s?)?(?:[가-힣A-Za-z0-9]{2,14}\\s)?"
          + "(?:[0-9A-Za-z가-힣]{1,4}동\\s?)?(?:[0-9]{1,4}호|지?하?\\s?[0-9]{1,3}층)"
          + "(?:\\s?[0-9]{1,4}호)?)?";
  private static final String ROAD =
      "[가-힣0-9·]{1,12}(?:대로|로|길)\\s?[0-9]{0,4}(?:번?[가나다라]?길)?\\s?[0-9]{1,4}(?:-[0-9]{1,3})?";
  private static final String SUFFIX =
      "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Terrace"
          + "|Parkway|Pkwy|Square|Sq|Highway|Hwy|Circle|Cir|Close|Crescent)";
  private static final String WORD = "(?:[A-Z][a-zA-Z'-]{1,20}|[0-9]{1,3}(?:st|nd|rd|th))";

  private AddressRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.matching(
            "address.kr-road", 1, ADDRESS, "(?<![가-힣])" + REGION + ROAD + "(?![0-9])" + UNIT),
        Rule.matching(
            "address.kr-road-unit",
            1,
            ADDRESS,
            "(?<![가-힣])[가-힣0-9·]{1,12}(?:대로|로|길)\\s?[0-9]{1,4}(?:번?길\\s?[0-9]{1,4}(?:-[0-9]{1,3})?"
                + "|(?:-[0-9]{1,3})?,?\\s{0,2}(?:[0-9]{1,4}동\\s?)?[0-9]{1,4}호)(?![0-9])"
                + UNIT),
        Rule.matching(
            "address.kr-lot",
            1,
            ADDRESS,
            "(?<![가-힣])(?:"
                + PROVINCE
                + DISTRICT
                + "{0,2}|"
                + DISTRICT
                + "{1,2})"
                + "(?:[가-힣0-9]{1,8}(?:읍|면)\\s{1,2})?[가-힣0-9]{1,8}(?:동|리|가)\\s{1,2}(?:산\\s?)?"
                + "[0-9]{1,4}(?:-[0-9]{1,4})?(?:번지)?(?![0-9])"
                + UNIT),
        Rule.matching(
            "address.kr-lot-plain",
            1,
            ADDRESS,
            "(?<![가-힣])[가-힣0-9]{1,8}(?:동|리|가)\\s{1,2}(?:산\\s?)?[0-9]{1,4}(?:-[0-9]{1,4})?번지"
                + UNIT),
        Rule.matching(
            "address.kr-unit",
            1,
            ADDRESS,
            "(?<![0-9가-힣])(?:[가-힣]{2,12}(?:아파트|빌라|오피스텔|빌딩|타워|맨션|자이|래미안|푸르지오|힐스테이트)\\s?)?"
                + "[0-9]{1,4}동\\s?[0-9]{1,4}호(?![0-9])"),
        Rule.matching(
            "address.kr-postcode",
            1,
            ADDRESS,
            "우편 ?번호\\s{0,2}(?:는|은|:)?\\s{0,2}(?<v>[0-9]{5}|[0-9]{3}-[0-9]{3})(?![0-9])"),
        Rule.matching(
            "address.kr-cue",
            1,
            ADDRESS,
            "(?:주소|배송지|거주지|사는 곳|자택|본적)\\s{0,2}(?:는|은|:|=)\\s{0,2}(?<v>[가-힣]{1,8}"
                + "(?:특별시|광역시|도|시|군|구)\\s[가-힣0-9 ,-]{2,50}?[0-9]{1,4}(?:-[0-9]{1,4})?(?:번지|호)?)(?![0-9])"),
        Rule.matching(
            "address.en-street",
            1,
            ADDRESS,
            "(?<![0-9$.,-])[0-9]{1,5}[A-Za-z]?\\s(?:[NSEW]\\.?\\s|(?:North|South|East|West)\\s)?"
                + WORD
                + "(?:\\s"
                + WORD
                + "){0,3}\\s"
                + SUFFIX
                + "(?![a-z])\\.?(?:\\s[NSEW]{1,2}(?![A-Za-z]))?"
                + "(?:,?\\s?(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|#)\\.?\\s?#?[A-Za-z0-9-]{1,6})?"
                + "(?:,\\s?[A-Z][a-z]+(?:\\s[A-Z][a-z]+){0,2})?(?:,?\\s[A-Z]{2})?(?:\\s[0-9]{5}(?:-[0-9]{4})?)?"
                + "(?![0-9])"),
        Rule.matching(
            "address.en-street-plain",
            1,
            ADDRESS,
            "(?i)(?:live at|lives at|living at|address is|address:|ship to|deliver to|located at)\\s{0,2}"
                + "(?<v>[0-9]{1,5}[a-z]?\\s[a-z0-9' -]{2,30}?\\s(?:street|st|avenue|ave|road|rd|boulevard|blvd"
                + "|lane|ln|drive|dr|court|ct|place|pl|way)(?![a-z])\\.?)"),
        Rule.matching(
            "address.en-po-box", 1, ADDRESS, "(?i)(?<![a-z])p\\.?\\s?o\\.?\\s?box\\s#?[0-9]{1,6}"),
        Rule.matching(
            "address.en-zip",
            1,
            ADDRESS,
            "(?<![A-Za-z])(?:[A-Z]{2}|(?i:zip(?: ?code)?(?: is|:)?))\\s(?<v>[0-9]{5}(?:-[0-9]{4})?)(?![0-9,.])"),
        Rule.matching(
            "address.uk-postcode",
            1,
            ADDRESS,
            "(?<![A-Za-z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?\\s[0-9][ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"));
  }
}
