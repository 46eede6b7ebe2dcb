package io.evalstream.events;

/** The metrics that are kept per run, scenario and window. */
public enum Metric {
  /** Time to first token: first chunk with output minus the actual send, µs. */
  TTFT("ttft"),
  /** The same from the intended start, µs: what a user feels when the client is behind. */
  TTFT_FROM_SCHEDULE("ttft_from_schedule"),
  /** Inter-chunk latency: time between consecutive chunks with output, µs (vLLM's ITL). */
  ITL("itl"),
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
  FAILED("failed");

  private final String text;

  Metric(String text) {
    this.text = text;
  }

  /** The form on the wire and in ClickHouse. */
  public String text() {
    return text;
  }
}
