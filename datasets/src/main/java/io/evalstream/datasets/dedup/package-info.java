/**
 * What is in a dataset, or in several, more than once, and what of a benchmark is in another file.
 *
 * <p>Candidates come from MinHash and locality-sensitive hashing; every one is confirmed by its
 * edit distance, and nothing is decided without being listed. The same rows give the same result in
 * whatever order they come.
 */
package io.evalstream.datasets.dedup;
