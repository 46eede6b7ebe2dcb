package io.evalstream.datasets.store;

import io.evalstream.datasets.DatasetException;
import io.evalstream.datasets.DatasetException.Kind;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.Http;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.SetBucketLifecycleArgs;
import io.minio.SetObjectLockConfigurationArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Filter;
import io.minio.messages.LifecycleConfiguration;
import io.minio.messages.ObjectLockConfiguration;
import io.minio.messages.RetentionMode;
import io.minio.messages.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;

/**
 * Buckets and objects of one store. Every failure is a {@link DatasetException} of one sentence
 * that names the store, the bucket or the object, and no key.
 */
public final class ObjectStore implements AutoCloseable {

  private static final String SHA256 = "sha256";
  private static final long PART_BYTES = 16L << 20;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchVersion", "NoSuchObject");
  private static final Set<String> DENIED =
      Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AllAccessDisabled");
  private static final Set<Integer> UNSUPPORTED = Set.of(400, 405, 501);

  private final StoreConfig config;
  private final OkHttpClient http;
  private final MinioClient client;

  private ObjectStore(StoreConfig config, OkHttpClient http, MinioClient client) {
    this.config = config;
    this.http = http;
    this.client = client;
  }

  /**
   * A client of a store; nothing is sent yet.
   *
   * @throws DatasetException when the CA file cannot be read
   */
  public static ObjectStore open(StoreConfig config) {
    OkHttpClient http =
        new OkHttpClient.Builder()
            .connectTimeout(CONNECT)
            .readTimeout(SILENCE)
            .writeTimeout(SILENCE)
            .build();
    if (config.caFile() != null) {
      try {
        http = Http.enableExternalCertificates(http, config.caFile().toString(), null);
      } catch (MinioException | RuntimeException e) {
        throw new DatasetException(
            Kind.USAGE,
            "The certificates in "
                + config.caFile()
                + " cannot be used ("
                + e.getMessage()
                + "): name a PEM file.",
            e);
      }
    }
    MinioClient.Builder builder =
        MinioClient.builder().endpoint(config.toString()).httpClient(http);
    if (config.accessKey() != null) {
      builder.credentials(config.accessKey(), config.secretKey());
    }
    if (config.region() != null) {
      builder.region(config.region());
    }
    return new ObjectStore(config, http, builder.build());
  }

  /**
   * What an object says about itself.
   *
   * @param size bytes
   * @param sha256 as written beside it when it was put there; empty when it was not by us
   * @param etag as the store names this content
   */
  public record Stored(long size, Optional<String> sha256, String etag) {}

  /** The object, if it is there. */
  public Optional<Stored> find(String bucket, String path) {
    return ask(
        bucket,
        path,
        () -> {
          try {
            StatObjectResponse found =
                client.statObject(StatObjectArgs.builder().bucket(bucket).object(path).build());
            return Optional.of(
                new Stored(
                    found.size(),
                    Optional.ofNullable(found.userMetadata().getFirst(SHA256)),
                    found.etag()));
          } catch (ErrorResponseException e) {
            if (MISSING.contains(e.errorResponse().code())) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Makes the bucket if it is not there. */
  public void ensureBucket(String bucket) {
    ask(
        bucket,
        "",
        () -> {
          if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
          }
          return null;
        });
  }

  /**
   * Makes a bucket whose objects cannot be taken away for some days and go by themselves later.
   *
   * @param keepDays for which an object is locked, in governance mode
   * @param expireDays after which it goes
   * @return what the store cannot do, in words; empty when it does both
   */
  public List<String> ensureLockedBucket(String bucket, int keepDays, int expireDays) {
    return ask(bucket, "", () -> protect(bucket, keepDays, expireDays));
  }

  private List<String> protect(String bucket, int keepDays, int expireDays) throws MinioException {
    List<String> missing = new ArrayList<>();
    boolean there = client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
    boolean locks =
        there
            || supported(
                () ->
                    client.makeBucket(
                        MakeBucketArgs.builder().bucket(bucket).objectLock(true).build()));
    if (!locks) {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }
    if (!locks
        || !supported(
            () ->
                client.setObjectLockConfiguration(
                    SetObjectLockConfigurationArgs.builder()
                        .bucket(bucket)
                        .config(
                            new ObjectLockConfiguration(
                                RetentionMode.GOVERNANCE,
                                new ObjectLockConfiguration.RetentionDurationDays(keepDays)))
                        .build()))) {
      missing.add("object lock");
    }
    LifecycleConfiguration.Rule rule =
        new LifecycleConfiguration.Rule(
            Status.ENABLED,
            null,
            new LifecycleConfiguration.Expiration(
                (java.time.ZonedDateTime) null, expireDays, null, null),
            new Filter(""),
            "expire",
            null,
            null,
            null);
    if (!supported(
        () ->
            client.setBucketLifecycle(
                SetBucketLifecycleArgs.builder()
                    .bucket(bucket)
                    .config(new LifecycleConfiguration(List.of(rule)))
                    .build()))) {
      missing.add("lifecycle");
    }
    return missing;
  }

  /**
   * Puts a file. An object of that path may be there only with the same hash, and then nothing is
   * sent. The store shows the object when all of it has arrived.
   *
   * @param sha256 of the file
   * @return whether anything was sent
   * @throws DatasetException when there is another object of that path, or the file changes
   *     meanwhile
   */
  public boolean put(String bucket, String path, Path file, String sha256, Progress progress) {
    Optional<Stored> there = find(bucket, path);
    if (there.isPresent()) {
      if (there.get().sha256().filter(sha256::equals).isPresent()) {
        return false;
      }
      throw new DatasetException(
          Kind.USAGE,
          "Object "
              + address(bucket, path)
              + " is there with other bytes and a version never changes: name a new version.");
    }
    try {
      long size = Files.size(file);
      try (InputStream in = new WatchedStream(Files.newInputStream(file), size, progress)) {
        ask(
            bucket,
            path,
            () ->
                client.putObject(
                    PutObjectArgs.builder()
                        .bucket(bucket)
                        .object(path)
                        .userMetadata(Map.of(SHA256, sha256))
                        .stream(in, size, PART_BYTES)
                        .build()));
      }
      return true;
    } catch (IOException e) {
      throw new DatasetException(
          Kind.BROKEN,
          file + " could not be sent (" + e.getMessage() + "): repeat it; nothing is half there.",
          e);
    }
  }

  /**
   * The bytes of an object from a position on.
   *
   * @param etag of the content that is meant
   */
  public InputStream read(String bucket, String path, String etag, long from) {
    return ask(
        bucket,
        path,
        () ->
            client.getObject(
                GetObjectArgs.builder()
                    .bucket(bucket)
                    .object(path)
                    .offset(from)
                    .matchETag(etag)
                    .build()));
  }

  /** The address of an object, for people. */
  public String address(String bucket, String path) {
    return "s3://" + bucket + (path.isEmpty() ? "" : "/" + path) + " at " + config;
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** Something that is asked of the store. */
  private interface Question<T> {
    T ask() throws MinioException;
  }

  private <T> T ask(String bucket, String path, Question<T> question) {
    try {
      return question.ask();
    } catch (DatasetException e) {
      throw e;
    } catch (MinioException | RuntimeException e) {
      throw failed(bucket, path, e);
    }
  }

  /** Something a store may not be able to do. */
  private interface Wish {
    void ask() throws MinioException;
  }

  private static boolean supported(Wish wish) throws MinioException {
    try {
      wish.ask();
      return true;
    } catch (ErrorResponseException e) {
      if (UNSUPPORTED.contains(e.response().code())
          || e.errorResponse().code().startsWith("ObjectLockConfiguration")
          || e.errorResponse().code().equals("InvalidBucketState")) {
        return false;
      }
      throw e;
    }
  }

  private DatasetException failed(String bucket, String path, Exception e) {
    String address = address(bucket, path);
    if (e instanceof ErrorResponseException answer) {
      String code = answer.errorResponse().code();
      if ("NoSuchBucket".equals(code)) {
        return new DatasetException(
            Kind.BROKEN,
            "There is no bucket " + bucket + " at " + config + ": push creates it.",
            e);
      }
      if (MISSING.contains(code)) {
        return new DatasetException(
            Kind.BROKEN, "There is no object " + address + ": push it first.", e);
      }
      if (DENIED.contains(code)) {
        return new DatasetException(
            Kind.BROKEN,
            "The store denies " + address + " (" + code + "): check the keys and their rights.",
            e);
      }
      if ("PreconditionFailed".equals(code)) {
        return new DatasetException(
            Kind.BROKEN, "Object " + address + " has changed meanwhile: repeat it.", e);
      }
      return new DatasetException(
          Kind.BROKEN, "The store refuses " + address + " (" + code + ").", e);
    }
    return new DatasetException(
        Kind.BROKEN,
        "The store at "
            + config
            + " does not answer as it should ("
            + why(e)
            + "): check its address and repeat; what has arrived is kept.",
        e);
  }

  private static String why(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
