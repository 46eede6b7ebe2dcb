package io.evalstream.events;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a request ended. */
public enum RequestStatus {
  /** The whole answer came. */
  @JsonProperty("ok")
  OK("ok"),
  /** The server answered with a status other than 2xx, or with an error in the body. */
  @JsonProperty("http_error")
  HTTP_ERROR("http_error"),
  /** A time limit ran out. */
  @JsonProperty("timeout")
  TIMEOUT("timeout"),
  /** No connection could be made. */
  @JsonProperty("connect_error")
  CONNECT_ERROR("connect_error"),
  /** The answer ended early or could not be read. */
  @JsonProperty("incomplete")
  INCOMPLETE("incomplete");

  private final String text;

  RequestStatus(String text) {
    this.text = text;
  }

  /** The form on the wire and in ClickHouse. */
  public String text() {
    return text;
  }
}
