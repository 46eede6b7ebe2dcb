package io.evalstream.datasets.format;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** The rows of one format, one after another. */
interface RowSource extends AutoCloseable {

  /**
   * The next row; null behind the last one.
   *
   * @throws IOException when the file is not what its format says; the message says where
   */
  ObjectNode next() throws IOException;

  @Override
  void close() throws IOException;
}
