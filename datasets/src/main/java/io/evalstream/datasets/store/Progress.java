package io.evalstream.datasets.store;

/** Hears how far a file is. Called often, on the thread that works. */
@FunctionalInterface
public interface Progress {

  /** For whoever does not want to know. */
  Progress NONE = (done, total) -> {};

  /**
   * So much is done.
   *
   * @param done bytes
   * @param total bytes
   */
  void at(long done, long total);
}
