package io.evalstream.bench;

import io.evalstream.datasets.dedup.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All near pairs of different texts, by measuring every pair whose lengths allow it. */
final class NearPairs {

  private NearPairs() {}

  /** A name for a pair of texts, the same in either order and for copies. */
  static String name(Document one, Document other) {
    String left = text(one);
    String right = text(other);
    return left.compareTo(right) < 0 ? left + "\n" + right : right + "\n" + left;
  }

  static Set<String> all(List<Document> documents, double threshold) {
    List<Document> unique = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    documents.stream().filter(document -> seen.add(text(document))).forEach(unique::add);
    List<String> texts = unique.stream().map(NearPairs::text).toList();
    List<int[]> letters = texts.stream().map(NearPairs::letters).toList();
    Set<String> near = new HashSet<>();
    for (int one = 0; one < unique.size(); one++) {
      String left = texts.get(one);
      for (int other = 0; other < one; other++) {
        String right = texts.get(other);
        double most = threshold * Math.max(left.length(), right.length());
        if (least(letters.get(one), letters.get(other)) < most && edits(left, right) < most) {
          near.add(name(unique.get(one), unique.get(other)));
        }
      }
    }
    return near;
  }

  private static String text(Document document) {
    return document.text().toLowerCase(Locale.ROOT);
  }

  private static int[] letters(String text) {
    return text.chars().sorted().toArray();
  }

  /** Fewer edits than this cannot be: an edit takes one letter away and brings one. */
  private static int least(int[] left, int[] right) {
    int common = 0;
    int at = 0;
    for (int letter : left) {
      while (at < right.length && right[at] < letter) {
        at++;
      }
      if (at < right.length && right[at] == letter) {
        common++;
        at++;
      }
    }
    return Math.max(left.length, right.length) - common;
  }

  private static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, at -> at);
    for (int left = 1; left <= one.length(); left++) {
      int diagonal = row[0];
      row[0] = left;
      for (int right = 1; right < row.length; right++) {
        int replaced = diagonal + (one.charAt(left - 1) == other.charAt(right - 1) ? 0 : 1);
        diagonal = row[right];
        row[right] = Math.min(replaced, Math.min(diagonal, row[right - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
