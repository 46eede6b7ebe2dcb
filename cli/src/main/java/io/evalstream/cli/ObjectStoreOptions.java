package io.evalstream.cli;

import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.StoreConfig;
import io.evalstream.local.objects.ObjectStoreKeys;
import io.evalstream.local.stack.StackAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which object store holds the data. */
final class ObjectStoreOptions {

  @Option(
      names = "--s3",
      paramLabel = "URL",
      defaultValue = "${env:MINIO_ENDPOINT:-}",
      description =
          "Object store, as https://host:port; $MINIO_ENDPOINT, or the local stack's when left"
              + " out.")
  private String endpoint;

  @Option(
      names = "--s3-access-key",
      paramLabel = "KEY",
      defaultValue = "${env:MINIO_ACCESS_KEY:-}",
      description = "Its access key; $MINIO_ACCESS_KEY.")
  private String accessKey;

  @Option(
      names = "--s3-secret-key",
      paramLabel = "KEY",
      defaultValue = "${env:MINIO_SECRET_KEY:-}",
      description = "Its secret key; better given as $MINIO_SECRET_KEY.")
  private String secretKey;

  @Option(
      names = "--s3-region",
      paramLabel = "REGION",
      defaultValue = "${env:MINIO_REGION:-}",
      description = "Its region; $MINIO_REGION, or the store's own when left out.")
  private String region;

  @Option(
      names = "--s3-secure",
      paramLabel = "true|false",
      arity = "1",
      defaultValue = "${env:MINIO_SECURE:-false}",
      description = "TLS for an address without http:// or https://; $MINIO_SECURE.")
  private boolean secure;

  @Option(
      names = "--s3-ca",
      paramLabel = "FILE",
      description = "PEM certificates to trust beside the machine's.")
  private Path caFile;

  ObjectStore open(CommonOptions options) {
    return ObjectStore.open(endpoint.isEmpty() ? local(options) : config());
  }

  /** The store, if one is named or a local stack has one. */
  Optional<ObjectStore> openIfAny(CommonOptions options) {
    boolean any =
        !endpoint.isEmpty() || options.stack().filter(stack -> stack.s3() != null).isPresent();
    return any ? Optional.of(open(options)) : Optional.empty();
  }

  private StoreConfig config() {
    String address =
        endpoint.contains("://") ? endpoint : (secure ? "https://" : "http://") + endpoint;
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ExitCode.WRONG_USE, "The address in --s3 is none: give one as https://host:port.");
    }
    return new StoreConfig(
        uri, emptyIsNull(accessKey), emptyIsNull(secretKey), emptyIsNull(region), caFile);
  }

  private static StoreConfig local(CommonOptions options) {
    StackAddresses stack =
        options
            .stack()
            .filter(running -> running.s3() != null)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.WRONG_USE,
                        "No stack runs in "
                            + options.directory()
                            + ": start one with ./evalstream up, or name an object store with"
                            + " --s3."));
    ObjectStoreKeys keys = ObjectStoreKeys.in(StackAddresses.objects(options.directory()));
    return new StoreConfig(
        URI.create(stack.s3()), keys.accessKey(), keys.secretKey(), null, null);
  }

  private static String emptyIsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
