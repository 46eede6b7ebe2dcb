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
 * @param candidates distinct rows the sample was drawn from
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
    int sampled,
    SortedMap<String, Long> rules,
    long seed) {}
