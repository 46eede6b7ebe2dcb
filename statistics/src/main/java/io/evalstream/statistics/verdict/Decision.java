package io.evalstream.statistics.verdict;

/** What is decided. The later of two wins where they meet. */
public enum Decision {
  PASSED("passed"),
  INCONCLUSIVE("inconclusive"),
  NOT_COMPARABLE("not comparable"),
  REGRESSED("regressed");

  private final String text;

  Decision(String text) {
    this.text = text;
  }

  /** Its name in records and tables. */
  public String text() {
    return text;
  }

  Decision and(Decision other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
