package io.evalstream.datasets.store;

import java.net.URI;
import java.nio.file.Path;

/**
 * How an S3 store is reached. {@link #toString} tells no secret.
 *
 * @param endpoint http or https, a host and a port
 * @param accessKey null for a public store
 * @param secretKey null exactly when the access key is
 * @param region null for the store's own
 * @param caFile PEM certificates to trust beside the machine's; null for those alone
 */
public record StoreConfig(
    URI endpoint, String accessKey, String secretKey, String region, Path caFile) {

  /**
   * Checks itself.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public StoreConfig {
    boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!http || endpoint.getHost() == null) {
      throw new IllegalArgumentException(
          "The object store's address must begin with http:// or https:// and a host.");
    }
    if (endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null
        || !endpoint.getPath().matches("/?")) {
      throw new IllegalArgumentException(
          "The object store's address must end behind host and port: give keys as"
              + " MINIO_ACCESS_KEY and MINIO_SECRET_KEY.");
    }
    if ((accessKey == null) != (secretKey == null)) {
      throw new IllegalArgumentException(
          "Only one of the object store's two keys is given: give both or none.");
    }
  }

  /** The endpoint alone. */
  @Override
  public String toString() {
    return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
  }
}
