package io.evalstream.datasets.snapshot.anonymize;

import java.util.regex.Pattern;

/** Why a text still looks as if it held personal data after all rules. */
public enum Risk {
  /** Longer than {@link Anonymizer#LONGEST}. */
  TOO_LONG(null),
  /** Anonymising it once more would find more. */
  UNSTABLE(null),
  AT_SIGN("[\\p{L}\\p{N}]\\s?@|(?<!\uE000)@\\s?[\\p{L}\\p{N}]+\\s?\\."),
  /**
   * Nine digits or more, together or in groups, that are no decimal fraction and no round number.
   */
  DIGITS(
      "(?<![0-9]\\.)(?<![0-9])(?![0-9]{1,6}0{6,}(?![0-9]))(?![0-9]{1,6}\\.[0-9]+(?![0-9]|[-. ][0-9]))"
          + "(?:[0-9]{9,}|[0-9](?:[-. ]?[0-9]){8,40})"),
  KEY(
      "-----BEGIN|PRIVATE KEY|(?<![A-Za-z0-9])(?=[A-Za-z0-9_-]{0,80}[0-9])(?=[A-Za-z0-9_-]{0,80}[a-z])"
          + "(?=[A-Za-z0-9_-]{0,80}[A-Z])[A-Za-z0-9]{20,}"),
  CUE(
      "(?:주민(?:등록)? ?번호|계좌 ?번호|여권 ?번호|카드 ?번호|전화 ?번호|휴대폰 ?번호)[^\\n\\[\\]]{0,8}[0-9]{5}"
          + "|(?i:password|비밀 ?번호|비번)\\s?[:=]\\s?[^\\s\\[]{4}");

  private final Pattern pattern;

  Risk(String regex) {
    this.pattern = regex == null ? null : Pattern.compile(regex);
  }

  /** The first risk of a normalised text without its placeholders; null when there is none. */
  static Risk of(String masked) {
    for (Risk risk : values()) {
      if (risk.pattern != null && risk.pattern.matcher(masked).find()) {
        return risk;
      }
    }
    return null;
  }
}
