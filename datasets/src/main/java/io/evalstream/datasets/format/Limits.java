package io.evalstream.datasets.format;

/**
 * How much of a file is read before it is refused.
 *
 * @param fileBytes bytes of the file as it lies on the disk
 * @param expandedBytes bytes after decompression
 * @param lineBytes bytes of one line of text
 * @param rows rows
 */
public record Limits(long fileBytes, long expandedBytes, int lineBytes, long rows) {

  private static final long GIB = 1L << 30;

  /** 16 GiB, 64 GiB expanded, lines of 16 MiB, 100 million rows. */
  public static final Limits DEFAULT = new Limits(16 * GIB, 64 * GIB, 16 << 20, 100_000_000);

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException naming the limit that is not positive
   */
  public Limits {
    positive("fileBytes", fileBytes);
    positive("expandedBytes", expandedBytes);
    positive("lineBytes", lineBytes);
    positive("rows", rows);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be positive.");
    }
  }
}
