package io.evalstream.datasets.snapshot.anonymize;

/** Where something stands, in UTF-16 units, the end excluded. */
record Span(int start, int end) {}
