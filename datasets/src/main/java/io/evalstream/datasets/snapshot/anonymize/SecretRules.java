package io.evalstream.datasets.snapshot.anonymize;

import static io.evalstream.datasets.snapshot.anonymize.Category.SECRET;

import java.util.List;

/** Keys, tokens and passwords. */
final class SecretRules {

  private static final String PREFIXED =
      String.join(
          "|",
          "sk-[A-Za-z0-9_-]{16,}",
          "(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,}",
          "gh[pousr]_[A-Za-z0-9]{20,}",
          "github_pat_[A-Za-z0-9_]{20,}",
          "glpat-[A-Za-z0-9_-]{16,}",
          "xox[abeprs]-[A-Za-z0-9-]{10,}",
          "(?:AKIA|ASIA|AROA)[A-Z0-9]{16}",
          "AIza[A-Za-z0-9_-]{30,}",
          "ya29\\.[A-Za-z0-9_-]{20,}",
          "hf_[A-Za-z0-9]{20,}",
          "npm_[A-Za-z0-9]{30,}",
          "pypi-[A-Za-z0-9_-]{30,}",
          "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}",
          "https://hooks\\.slack\\.com/services/[A-Za-z0-9/]+",
          "https://[A-Za-z0-9.-]+\\.webhook\\.office\\.com/[^\\s\"'<>]+");

  private static final String CUE =
      "(?i:passwords?|passwd|passphrase|pwd|secret(?:[_ -]?(?:access[_ -]?)?key)?|api[_ -]?key"
          + "|access[_ -]?(?:key|token)|auth[_ -]?token|token|client[_ -]?secret|pin(?: code)?|otp"
          + "|credentials?|비밀 ?번호|비번|암호|패스워드|인증 ?번호|인증 ?코드|보안 ?코드|시크릿 ?키?"
          + "|토큰|api ?키|액세스 ?키)";

  private SecretRules() {}

  static List<Rule> all() {
    return List.of(
        Rule.matching(
            "secret.private-key",
            1,
            SECRET,
            "-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
                + "(?s:.*?)(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|\\z)"),
        Rule.matching(
            "secret.jwt",
            1,
            SECRET,
            "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)?"),
        Rule.matching(
            "secret.url-credentials", 1, SECRET, "(?<=://)[^\\s/@:]{1,100}:[^\\s/@]{1,200}(?=@)"),
        Rule.matching(
            "secret.url-parameter",
            1,
            SECRET,
            "[?&;](?i:[a-z_-]{0,20}(?:token|key|secret|password|passwd|pwd|sig|signature|auth|code"
                + "|session|sid))=(?<v>[^\\s&#\"'<>\\[\\]]{4,})"),
        Rule.matching("secret.prefix", 1, SECRET, "(?<![A-Za-z0-9])(?:" + PREFIXED + ")"),
        Rule.matching(
            "secret.bearer", 1, SECRET, "(?i:bearer|basic)\\s+(?<v>[A-Za-z0-9+/._~-]{16,}={0,2})"),
        Rule.matching(
            "secret.assignment",
            1,
            SECRET,
            CUE + "[\"']?\\s*(?::=?|=>?)\\s*[\"']?(?<v>[^\\s\"'\\[\\],;<>가-힣\uE000]{4,200})"),
        // a sentence: only what no word looks like
        Rule.matching(
            "secret.sentence",
            1,
            SECRET,
            CUE
                + "\\s{0,2}(?:는|은|가|이|를|을|로|is|was|are|to)?\\s{0,2}[\"'`(]?"
                + "(?<v>(?=[!-~]{0,60}[0-9!#$%^&*])[!-Z^-~]{4,64}(?<![.,?)\"'`]))",
            value -> value.chars().anyMatch(Character::isLetterOrDigit)),
        Rule.matching(
            "secret.random",
            1,
            SECRET,
            "(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{24,}={0,2}(?![A-Za-z0-9+/_-])",
            SecretRules::random));
  }

  /** Whether a long word changes between letters and digits as no word or path does. */
  static boolean random(String word) {
    int changes = 0;
    boolean digits = false;
    boolean letters = false;
    for (int i = 0; i < word.length(); i++) {
      boolean digit = Character.isDigit(word.charAt(i));
      digits |= digit;
      letters |= Character.isLetter(word.charAt(i));
      if (i > 0 && digit != Character.isDigit(word.charAt(i - 1))) {
        changes++;
      }
    }
    return digits && letters && changes >= 5;
  }
}
