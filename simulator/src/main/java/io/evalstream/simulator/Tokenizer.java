package io.evalstream.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated model's tokens: a token is a word together with the white space before it, so an
 * answer of n tokens, tokenized again, is n tokens. Trailing white space is one token more.
 *
 * <p>Words of the answers have the ids 0 to {@link #ANSWER_WORDS} - 1; every other word has an id
 * that is a hash of it, above those and below {@link #VOCABULARY_SIZE}.
 */
final class Tokenizer {
  static final int VOCABULARY_SIZE = 128_000;

  private static final String[] WORDS =
      ("the of and to in a is that for it as was with be by on not he his but at are this have from"
              + " or had an they which one you were all her she there would their we him been has"
              + " when who will no more if out so up said what its about than into them can only"
              + " other time new some could these two may first then do any like my now over such"
              + " our man me even most made after also did many off before must well back through"
              + " years where much your way down should because long each just state those people"
              + " too mister how little good world make very year still see own work men day get"
              + " here between both under never being same last")
          .split(" ");

  static final int ANSWER_WORDS = WORDS.length;

  private static final Map<String, Integer> IDS = ids();

  private Tokenizer() {}

  /** The word of token {@code id}, 0 to {@link #ANSWER_WORDS} - 1, with the space before it. */
  static String answerToken(int id) {
    return " " + WORDS[id];
  }

  /** The id of token {@code index} in the answer to the request with this seed. */
  static int answerTokenId(RequestSeed seed, int index) {
    return (int) Long.remainderUnsigned(RequestSeed.mix(seed.value() + index), ANSWER_WORDS);
  }

  /** The tokens of a text. */
  static List<Integer> tokenize(String text) {
    List<Integer> tokens = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfToken(text, start);
      tokens.add(idOf(text.substring(start, end)));
      start = end;
    }
    return tokens;
  }

  /** How many tokens a text has, without making them. */
  static int count(String text) {
    int tokens = 0;
    for (int start = 0; start < text.length(); start = endOfToken(text, start)) {
      tokens++;
    }
    return tokens;
  }

  private static int endOfToken(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int idOf(String token) {
    Integer known = IDS.get(token);
    return known != null
        ? known
        : ANSWER_WORDS + Math.floorMod(token.hashCode(), VOCABULARY_SIZE - ANSWER_WORDS);
  }

  private static Map<String, Integer> ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < WORDS.length; id++) {
      ids.put(" " + WORDS[id], id);
    }
    return Map.copyOf(ids);
  }
}
