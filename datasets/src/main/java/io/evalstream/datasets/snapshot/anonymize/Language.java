package io.evalstream.datasets.snapshot.anonymize;

/** What a prompt is written in, as far as placeholders and strata need it. */
public enum Language {
  KOREAN("ko"),
  OTHER("other");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** The name in files. */
  public String code() {
    return code;
  }

  /** Korean as soon as one syllable is, since questions about Korean code or English words are. */
  static Language of(String normalized) {
    return normalized.chars().anyMatch(c -> c >= '가' && c <= '힣') ? KOREAN : OTHER;
  }
}
