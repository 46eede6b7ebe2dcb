package io.evalstream.datasets.snapshot;

import java.time.LocalDate;

/** A question as it was asked. */
record LoggedPrompt(String id, LocalDate day, String prompt) {

  /** Nothing of what it holds. */
  @Override
  public String toString() {
    return "LoggedPrompt";
  }
}
