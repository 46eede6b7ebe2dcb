/**
 * Rows of a dataset's file, whatever its format. Every reader works in memory that does not grow
 * with the file, within {@link io.evalstream.datasets.format.Limits}.
 */
package io.evalstream.datasets.format;
