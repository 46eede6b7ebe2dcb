package io.evalstream.datasets.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A question of the regression set.
 *
 * @param id a keyed hash of the log's id
 * @param prompt without personal data
 * @param language {@code ko} or {@code other}
 * @param day when it was asked, in UTC; null when that is not told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotRow(String id, String prompt, String language, String day) {}
