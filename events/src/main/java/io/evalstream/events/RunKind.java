package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a run measures. */
public enum RunKind {
  /** Latency and throughput. */
  @JsonProperty("load")
  LOAD("load"),
  /** Scores of answers. */
  @JsonProperty("quality")
  QUALITY("quality"),
  /** Latency and throughput of two servers, in alternating blocks. */
  @JsonProperty("ab")
  AB("ab");

  private final String text;

  RunKind(String text) {
    this.text = text;
  }

  /** The form on the wire and in ClickHouse. */
  public String text() {
    return text;
  }
}
