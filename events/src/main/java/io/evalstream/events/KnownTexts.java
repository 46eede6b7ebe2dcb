package io.evalstream.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Texts that are met again and again, found by the bytes of their UTF-8 form, so that each is made
 * once. Holds a limited number. For one thread.
 */
final class KnownTexts {

  /** With this many it starts anew: whatever comes in, memory has a bound. */
  static final int MAX_TEXTS = 65_536;

  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private final Map<Entry, Entry> entries = new HashMap<>();
  private final Entry sought = new Entry();
  private Entry lastFound = new Entry();

  /**
   * Goes on with the hash of a text, 0 to begin with.
   *
   * @param word its next eight bytes, the first lowest; the last word is never full and may be
   *     empty, the bytes that it lacks are zero
   */
  static long hash(long before, long word) {
    long mixed = (before ^ word) * MULTIPLIER;
    return mixed ^ (mixed >>> 32);
  }

  /** The text that these bytes are, null when it is not known. */
  String get(byte[] bytes, int from, int to, long hash) {
    sought.set(bytes, from, to, hash);
    if (!sought.equals(lastFound)) {
      Entry found = entries.get(sought);
      if (found == null) {
        return null;
      }
      lastFound = found;
    }
    return lastFound.text;
  }

  /** Remembers a text. */
  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!text.equals(new String(bytes, StandardCharsets.UTF_8))) {
      return; // half a surrogate pair: these bytes are another text's
    }
    long hash = 0;
    for (int start = 0; start <= bytes.length; start += Long.BYTES) {
      long word = 0;
      for (int i = Math.min(bytes.length, start + Long.BYTES) - 1; i >= start; i--) {
        word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
      }
      hash = hash(hash, word);
    }
    if (entries.size() >= MAX_TEXTS) {
      entries.clear();
    }
    Entry entry = new Entry();
    entry.set(bytes, 0, bytes.length, hash);
    entry.text = text;
    entries.putIfAbsent(entry, entry);
  }

  /** A part of an array, by its content. */
  private static final class Entry {

    private byte[] bytes = {};
    private int from;
    private int to;
    private int hash;
    private String text;

    void set(byte[] newBytes, int newFrom, int newTo, long newHash) {
      bytes = newBytes;
      from = newFrom;
      to = newTo;
      hash = (int) newHash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry
          && hash == entry.hash
          && Arrays.equals(bytes, from, to, entry.bytes, entry.from, entry.to);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
