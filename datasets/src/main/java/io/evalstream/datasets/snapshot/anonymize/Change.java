package io.evalstream.datasets.snapshot.anonymize;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One thing that was removed. Holds nothing of what it was but its length and a keyed hash.
 *
 * @param rule the rule's id
 * @param version the rule's version
 * @param offset where it stood in the original, in UTF-16 units
 * @param length how long it was
 * @param placeholder what stands there now
 * @param newOffset where that stands in the new text
 * @param hmac {@link Fingerprint} of the normalised value
 */
public record Change(
    String rule,
    int version,
    int offset,
    int length,
    String placeholder,
    @JsonProperty("new_offset") int newOffset,
    String hmac) {}
