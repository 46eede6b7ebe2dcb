package io.evalstream.loadgenerator.measure;

import java.time.Duration;

/**
 * How long to wait. All but the first are looked at every 50 ms.
 *
 * @param connect for a connection, the TLS handshake included
 * @param firstToken from sending the request to its first chunk
 * @param gap from one chunk to the next, and to the end
 * @param total for the whole request, from handing it to the client
 */
public record Timeouts(Duration connect, Duration firstToken, Duration gap, Duration total) {

  private static final Duration MAX = Duration.ofDays(7);

  /** 10 s, 10 min, 2 min, and 6 h as vLLM's own client. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofHours(6));

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public Timeouts {
    positive("connect", connect);
    positive("first-token", firstToken);
    positive("gap", gap);
    positive("total", total);
  }

  private static void positive(String name, Duration value) {
    if (value == null || value.toMillis() < 1 || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          name + " timeout is " + value + ": give a time from 1 ms to 7 days");
    }
  }
}
