package io.evalstream.events;

/** The metrics that are kept per run, scenario and window. */
public enum Metric {
  /** Time to first token: first chunk with output minus the actual send, µs. */
  TTFT("ttft"),
  /** The same from the intended start, µs: what a user feels when the client is behind. */
  TTFT_FROM_SCHEDULE("ttft_from_schedule"),
  /** Inter-chunk latency: time between consecutive chunks with output, µs (vLLM's ITL). */
  ITL("itl"),
  /**
   * Per-token latency, µs: the time since the chunk with tokens before, divided by the tokens of
   * this chunk, once for each of them. The time of a chunk without tokens goes to the tokens that
   * come after it in the same record. The tokens of the first chunk with tokens have none.
   */
  TOKEN_LATENCY("token_latency"),
  /** Time per output token after the first, per request, µs (vLLM's TPOT). */
  TPOT("tpot"),
  /** End-to-end latency: last chunk with output minus the actual send, µs. */
  E2EL("e2el"),
  /** The same from the intended start, µs. */
  E2EL_FROM_SCHEDULE("e2el_from_schedule"),
  /** Client queueing: actual send minus intended start, µs. */
  SEND_LAG("send_lag"),
  /** Tokens in a chunk; the sum is the window's output tokens. */
  CHUNK_TOKENS("chunk_tokens"),
  /** Prompt tokens of a request that ended well; the sum is the window's input tokens. */
  PROMPT_TOKENS("prompt_tokens"),
  /** Output tokens of a request that ended well. */
  OUTPUT_TOKENS("output_tokens"),
  /** Time from intended start to end of a request that did not end well, µs. */
  FAILED("failed"),
  /** The same of those that ended as {@link RequestStatus#HTTP_ERROR}. */
  FAILED_HTTP_ERROR("failed_http_error"),
  /** The same of those that ended as {@link RequestStatus#TIMEOUT}. */
  FAILED_TIMEOUT("failed_timeout"),
  /** The same of those that ended as {@link RequestStatus#CONNECT_ERROR}. */
  FAILED_CONNECT_ERROR("failed_connect_error"),
  /** The same of those that ended as {@link RequestStatus#INCOMPLETE}. */
  FAILED_INCOMPLETE("failed_incomplete"),
  /**
   * Intended starts, of every request that has ended: µs into the window that it was to start in.
   * The count is the load offered; the smallest of the first window is where the run begins.
   */
  ARRIVALS("arrivals"),
  /**
   * Ends of requests, well or not: µs into the window. The largest of the last window is where the
   * run ends.
   */
  ENDS("ends"),
  /**
   * Time that a request was in flight in the window, from its actual send to its end, well or not,
   * µs. The sum divided by the window's length is the mean number of concurrent requests. Of a
   * request that took longer than an hour the last hour counts. A request is in it when it has
   * ended.
   */
  IN_FLIGHT("in_flight");

  private final String text;

  Metric(String text) {
    this.text = text;
  }

  /** The form on the wire and in ClickHouse. */
  public String text() {
    return text;
  }
}
