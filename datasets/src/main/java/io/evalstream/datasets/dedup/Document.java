package io.evalstream.datasets.dedup;

import java.util.Comparator;

/**
 * The text of a row.
 *
 * @param dataset the dataset's name
 * @param row the row's number within it, from 1
 * @param text what is compared, in Unicode's form C, with single spaces for runs of white space
 */
public record Document(String dataset, long row, String text) {

  /** Whoever comes first is the one that is kept; does not depend on the order of the input. */
  static final Comparator<Document> ORDER =
      Comparator.comparing(Document::dataset)
          .thenComparing(Document::text)
          .thenComparingLong(Document::row);

  /**
   * Checks itself and brings the text into its form.
   *
   * @throws IllegalArgumentException naming the row that has no text
   */
  public Document {
    if (dataset.isBlank()) {
      throw new IllegalArgumentException("A dataset has no name: give it one.");
    }
    if (row < 1) {
      throw new IllegalArgumentException(
          "Row " + row + " of " + dataset + " cannot be: rows are counted from 1.");
    }
    text = Texts.composed(text);
    if (text.isEmpty()) {
      throw new IllegalArgumentException(
          "Row " + row + " of " + dataset + " has no text to compare: name fields that have one.");
    }
  }
}
