package io.evalstream.datasets.dedup;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHasher;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The MinHash signatures of texts over their character 3-grams, each band of one folded into 32
 * bits. Two texts that agree in a band are candidates. Always the same for the same texts.
 */
final class BandKeys {

  /** UTF-16 units of a gram; a shorter text is one gram. */
  static final int GRAM = 3;

  private static final int COMPONENT_BITS = 32;
  private static final int BATCH = 512;
  private static final Hasher64 HASHER = Hashing.komihash5_0();

  private final int bands;
  private final int rows;
  private final SimilarityHashPolicy policy;
  private final int[][] keys;

  BandKeys(List<String> texts, int bands, int rows) {
    this.bands = bands;
    this.rows = rows;
    this.policy = SimilarityHashing.minHash(bands * rows, COMPONENT_BITS);
    this.keys = new int[texts.size()][];
    IntStream.range(0, (texts.size() + BATCH - 1) / BATCH)
        .parallel()
        .forEach(
            batch -> {
              SimilarityHasher hasher = policy.createHasher();
              int end = Math.min(texts.size(), (batch + 1) * BATCH);
              for (int text = batch * BATCH; text < end; text++) {
                keys[text] = keys(hasher, texts.get(text));
              }
            });
  }

  int bands() {
    return bands;
  }

  int size() {
    return keys.length;
  }

  int key(int text, int band) {
    return keys[text][band];
  }

  /** Whether the texts agree in an earlier band. */
  boolean agreeBefore(int band, int one, int other) {
    int[] left = keys[one];
    int[] right = keys[other];
    for (int earlier = 0; earlier < band; earlier++) {
      if (left[earlier] == right[earlier]) {
        return true;
      }
    }
    return false;
  }

  private int[] keys(SimilarityHasher hasher, String text) {
    byte[] signature = hasher.compute(ElementHashProvider.ofValues(grams(text)));
    int[] folded = new int[bands];
    for (int band = 0; band < bands; band++) {
      long key = 0;
      for (int row = 0; row < rows; row++) {
        key = HASHER.hashLongLongToLong(key, policy.getComponent(signature, band * rows + row));
      }
      folded[band] = (int) key;
    }
    return folded;
  }

  private static long[] grams(String text) {
    int length = Math.min(GRAM, text.length());
    long[] grams = new long[text.length() - length + 1];
    for (int start = 0; start < grams.length; start++) {
      long gram = 0;
      for (int at = start; at < start + length; at++) {
        gram = gram << Character.SIZE | text.charAt(at);
      }
      grams[start] = HASHER.hashLongToLong(gram);
    }
    return grams;
  }
}
