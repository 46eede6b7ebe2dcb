/** Logs of runs, kept where nobody can change them. */
package io.evalstream.datasets.runlog;
