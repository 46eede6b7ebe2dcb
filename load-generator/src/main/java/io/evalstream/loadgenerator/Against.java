package io.evalstream.loadgenerator;

import io.evalstream.loadgenerator.http.NetworkOptions;

/**
 * The server that is compared with the one under load.
 *
 * @param endpoint arm B
 * @param network how it is reached
 */
public record Against(Endpoint endpoint, NetworkOptions network) {

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public Against {
    if (endpoint == null || network == null) {
      throw new IllegalArgumentException("ab is missing: give the other server's base URL");
    }
  }
}
