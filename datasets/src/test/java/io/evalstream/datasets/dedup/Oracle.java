package io.evalstream.datasets.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All pairs of different texts whose edit distance by the longer length is under a threshold, none
 * missed: what shares too few 3-grams is ruled out (an edit destroys at most three), all else is
 * measured with a plain matrix. Shares no code with what it judges.
 */
final class Oracle {

  /** Two numbers of texts, the lower first. */
  record Couple(int first, int second) {}

  private static final int GRAM = 3;

  private Oracle() {}

  static Set<Couple> near(List<String> texts, double threshold) {
    Map<String, List<Integer>> textsOfGram = new HashMap<>();
    List<Map<String, Integer>> grams = new ArrayList<>();
    Set<Couple> near = new HashSet<>();
    for (int text = 0; text < texts.size(); text++) {
      Map<String, Integer> own = grams(texts.get(text));
      int[] shared = new int[text];
      for (Map.Entry<String, Integer> gram : own.entrySet()) {
        for (int other : textsOfGram.getOrDefault(gram.getKey(), List.of())) {
          shared[other] += Math.min(gram.getValue(), grams.get(other).get(gram.getKey()));
        }
      }
      for (int other = 0; other < text; other++) {
        int longer = Math.max(texts.get(text).length(), texts.get(other).length());
        double most = threshold * longer;
        if (shared[other] >= longer - GRAM + 1 - GRAM * most
            && edits(texts.get(text), texts.get(other)) / (double) longer < threshold) {
          near.add(new Couple(other, text));
        }
      }
      grams.add(own);
      int number = text;
      own.keySet()
          .forEach(gram -> textsOfGram.computeIfAbsent(gram, g -> new ArrayList<>()).add(number));
    }
    return near;
  }

  private static Map<String, Integer> grams(String text) {
    Map<String, Integer> grams = new HashMap<>();
    for (int at = 0; at + GRAM <= text.length(); at++) {
      grams.merge(text.substring(at, at + GRAM), 1, Integer::sum);
    }
    return grams;
  }

  static int edits(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, at -> at);
    for (int left = 1; left <= one.length(); left++) {
      int[] next = new int[row.length];
      next[0] = left;
      for (int right = 1; right < row.length; right++) {
        int replaced = row[right - 1] + (one.charAt(left - 1) == other.charAt(right - 1) ? 0 : 1);
        next[right] = Math.min(replaced, Math.min(row[right], next[right - 1]) + 1);
      }
      row = next;
    }
    return row[other.length()];
  }
}
