package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** One of the two servers that a run of kind {@code ab} compares. */
public enum Arm {
  /** The one that is compared with: the baseline. */
  @JsonProperty("a")
  A("a"),
  /** The one that is compared: the candidate. */
  @JsonProperty("b")
  B("b");

  private final String text;

  Arm(String text) {
    this.text = text;
  }

  /** The form on the wire and in ClickHouse. */
  public String text() {
    return text;
  }
}
