/** Distributions, and what is known of a figure that was estimated from values. */
package io.evalstream.statistics.distribution;
