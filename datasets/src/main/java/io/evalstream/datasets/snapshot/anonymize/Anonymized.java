package io.evalstream.datasets.snapshot.anonymize;

import java.util.List;

/**
 * A text without the personal data that the rules found.
 *
 * @param risk why the text must not be let out all the same; null when nothing is known against it
 */
public record Anonymized(String text, Language language, List<Change> changes, Risk risk) {

  public Anonymized {
    changes = List.copyOf(changes);
  }

  /** Without the text, which may be one that must not be let out. */
  @Override
  public String toString() {
    return "Anonymized[" + changes.size() + " changes, risk " + risk + "]";
  }
}
