/** What the jobs tell of themselves; {@code docs/operations.md} lists it. */
package io.evalstream.jobs.metrics;
