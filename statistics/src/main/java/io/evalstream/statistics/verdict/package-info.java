/**
 * Verdicts: what the evidence of a metric and of a release amounts to, while the run is going and
 * at its end.
 */
package io.evalstream.statistics.verdict;
