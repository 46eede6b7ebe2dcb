package io.evalstream.datasets.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.evalstream.datasets.snapshot.anonymize.Change;
import java.util.List;

/**
 * Which rules changed what in a row of the regression set. Anonymising the same row with the same
 * key gives the same proof.
 *
 * @param row the row's id
 * @param original a keyed hash of the prompt as it was asked
 * @param sha256 of the prompt as it is now
 */
public record Proof(
    String row,
    @JsonProperty("original_hmac") String original,
    String sha256,
    List<Change> changes) {

  public Proof {
    changes = List.copyOf(changes);
  }
}
