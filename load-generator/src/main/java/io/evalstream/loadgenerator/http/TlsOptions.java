package io.evalstream.loadgenerator.http;

import java.nio.file.Path;

/**
 * Whom to trust on HTTPS, and what to show.
 *
 * @param caCertificate PEM file with the certificates to trust instead of the system's; null for
 *     the system's
 * @param insecure take any certificate of any name: what is sent can be read and changed on the way
 * @param clientCertificate PEM file with the certificate to show, and its chain; null for none
 * @param clientKey PEM file with its private key, PKCS#8 and not encrypted; null for none
 */
public record TlsOptions(
    Path caCertificate, boolean insecure, Path clientCertificate, Path clientKey) {

  /** The system's authorities, and nothing to show. */
  public static final TlsOptions DEFAULT = new TlsOptions(null, false, null, null);

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public TlsOptions {
    if (insecure && caCertificate != null) {
      throw new IllegalArgumentException(
          "cacert and insecure contradict each other: leave one of them out");
    }
    if ((clientCertificate == null) != (clientKey == null)) {
      throw new IllegalArgumentException(
          "a client certificate and its key go together: give both, or none");
    }
  }
}
