/**
 * Quantiles of non-negative integers within one percent, in little space, whatever the order in
 * which values come and parts are merged.
 *
 * <p>The sketch is DDSketch with logarithmic mapping (Masson, Rim and Lee, "DDSketch: a fast and
 * fully-mergeable quantile sketch with relative-error guarantees", VLDB 2019). A positive value v
 * falls into bin {@code floor(log_γ v)} with {@code γ = (1 + a) / (1 − a)}; a bin i stands for
 * {@code γ^i (1 + a)}. Zeros are counted apart.
 */
package io.evalstream.statistics.sketch;
