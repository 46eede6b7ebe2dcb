package io.evalstream.loadgenerator.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text as it stands in a data set. It is a payload: it is sent, and never logged. */
public record TextPrompt(String text) implements Prompt {

  private static final int ASCII_PER_TOKEN = 4;

  /**
   * Validates.
   *
   * @throws IllegalArgumentException when the text is empty
   */
  public TextPrompt {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("a prompt is empty: give it a text");
    }
  }

  @Override
  public int tokens() {
    return estimatedTokens(text);
  }

  @Override
  public TextPrompt inBlock(int block) {
    return this;
  }

  @Override
  public String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "text-" + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * How many tokens a text has, roughly: one for four ASCII characters and one for every other
   * character. What is reported is the server's own count where it gives one.
   */
  static int estimatedTokens(String text) {
    int ascii = 0;
    int other = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 128) {
        ascii++;
      } else if (!Character.isLowSurrogate(text.charAt(i))) {
        other++;
      }
    }
    return Math.max(1, (ascii + ASCII_PER_TOKEN - 1) / ASCII_PER_TOKEN + other);
  }

  /** Everything but the text. */
  @Override
  public String toString() {
    return "TextPrompt[" + id() + "]";
  }
}
