package io.evalstream.datasets.snapshot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SortedMap;

/**
 * What became of a log's rows. Counts only.
 *
 * @param rows rows of the log that hold a question
 * @param empty rows that hold none
 * @param changed rows in which a rule found something
 * @param leftOut rows that looked risky all the same, by reason
 * @param candidates rows of different texts that the seed put first
 * @param nearDuplicates candidates dropped because another is nearly the same
 * @param nearButDifferent pairs of candidates that are nearly the same but differ in a number, a
 *     name or a negation, and were kept
 * @param sampled rows of the snapshot
 * @param rules changes of all rows, by rule and version
 * @param seed the seed of the draw
 */
public record SnapshotSummary(
    long rows,
    long empty,
    long changed,
    @JsonProperty("left_out") SortedMap<String, Long> leftOut,
    int candidates,
    @JsonProperty("near_duplicates") long nearDuplicates,
    @JsonProperty("near_but_different") long nearButDifferent,
    int sampled,
    SortedMap<String, Long> rules,
    long seed) {}
