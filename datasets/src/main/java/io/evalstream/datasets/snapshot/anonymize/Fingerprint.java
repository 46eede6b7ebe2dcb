package io.evalstream.datasets.snapshot.anonymize;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed hash (HMAC-SHA-256). Whoever has the key can tell what was hashed by trying, since phone
 * numbers are few: it stays where the log is. Not thread-safe.
 */
public final class Fingerprint {

  /** The smallest key in bytes. */
  public static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /**
   * @throws IllegalArgumentException when the key is shorter than {@link #KEY_BYTES}
   */
  public Fingerprint(byte[] key) {
    if (key.length < KEY_BYTES) {
      throw new IllegalArgumentException(
          "The key has " + key.length + " bytes, but needs at least " + KEY_BYTES + ".");
    }
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is in every Java.", e);
    }
  }

  /** The hash of a text for a purpose, in hexadecimal. */
  public String of(String purpose, String text) {
    mac.update(purpose.getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
