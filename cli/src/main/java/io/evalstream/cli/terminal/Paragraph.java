package io.evalstream.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Sentences in lines that fit a terminal of {@link #WIDTH} cells. */
public final class Paragraph {

  /** Cells of the narrowest terminal that is thought of. */
  public static final int WIDTH = 80;

  private Paragraph() {}

  /**
   * Breaks a text at its spaces. A word that is wider than a line has a line of its own.
   *
   * @param indent before the first line; further ones are two cells deeper
   */
  public static List<String> lines(String indent, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : text.split(" +", -1)) {
      if (!empty && Cells.width(line + " " + word) > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent + "  ");
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
