package io.evalstream.local.stack;

import java.nio.file.Path;

/** Where savepoints of both jobs of an earlier build are kept, and what belongs to them. */
final class GoldenSavepoint {

  /** Whole before the store job's savepoint: its requests are not stored again. */
  static final String STORED_BEFORE = "20260131-stored-before";

  /** Cut in two by the serving job's savepoint. */
  static final String CUT = "20260131-cut";

  static final Path DIRECTORY =
      Path.of(
          System.getProperty("evalstream.root"), "local", "src", "test", "resources", "savepoint");

  static final Path SERVING = DIRECTORY.resolve("serving");
  static final Path STORE = DIRECTORY.resolve("store");
  static final Path LOG = DIRECTORY.resolve("records.jsonl");

  private GoldenSavepoint() {}
}
