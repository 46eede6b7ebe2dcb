/** Sections of what is told of a run, as lines of text. */
package io.evalstream.cli.report;
