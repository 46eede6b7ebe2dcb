package io.evalstream.datasets.format;

import java.io.Reader;

/** The characters of lines, for parsers whose rows may span several of them. */
final class LineReader extends Reader {

  private final Lines lines;
  private String line = "";
  private int position;

  LineReader(Lines lines) {
    this.lines = lines;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (position == line.length()) {
      line = lines.next();
      position = 0;
      if (line == null) {
        line = "";
        return -1;
      }
    }
    int count = Math.min(length, line.length() - position);
    line.getChars(position, position + count, target, offset);
    position += count;
    return count;
  }

  @Override
  public void close() {
    lines.close();
  }
}
