package io.evalstream.simulator;

import java.util.Locale;

/**
 * Why a request ended, in the words of vLLM's {@code finish_reason} and {@code finished_reason}.
 */
enum FinishReason {
  /** The answer ended by itself. */
  STOP,
  /** The answer reached max_tokens. */
  LENGTH,
  /** The client went away. */
  ABORT,
  /** The connection was cut on purpose. */
  ERROR;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
