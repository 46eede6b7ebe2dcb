/** Distributions: exact bounds for a share that was counted. */
package io.evalstream.statistics.distribution;
