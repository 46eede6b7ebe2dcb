/** Finds and replaces personal data, and says by which rule. */
package io.evalstream.datasets.snapshot.anonymize;
