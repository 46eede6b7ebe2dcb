package io.evalstream.local.objects;

import io.evalstream.local.DirectoryLock;
import io.evalstream.local.LocalStackException;
import io.evalstream.local.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 store in this process, on the loopback interface, that keeps objects as files. It knows one
 * pair of keys and signs nothing for anybody else. It has neither object lock nor lifecycle.
 */
public final class EmbeddedObjectStore implements AutoCloseable {

  private static final int THREADS = 16;
  private static final long STOP_MS = 5_000;

  private final DirectoryLock lock;
  private final S3Proxy server;
  private final ObjectStoreKeys keys;

  private EmbeddedObjectStore(DirectoryLock lock, S3Proxy server, ObjectStoreKeys keys) {
    this.lock = lock;
    this.server = server;
    this.keys = keys;
  }

  /**
   * Starts it and returns when it answers.
   *
   * @param directory of objects and keys; one store at a time
   * @param port or {@link LoopbackPorts#ANY}
   * @throws LocalStackException when it does not start
   */
  public static EmbeddedObjectStore start(Path directory, int port) {
    Path data = directory.resolve("data");
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new LocalStackException(
          data + " cannot be made (" + e.getMessage() + "): make its directory writable.", e);
    }
    DirectoryLock lock = DirectoryLock.take(directory, "The object store");
    try {
      ObjectStoreKeys keys = ObjectStoreKeys.in(directory);
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(new FilesystemNio2BlobStore(data.toAbsolutePath().toString()))
              .endpoint(URI.create("http://" + LoopbackPorts.LOOPBACK + ":" + port))
              .awsAuthentication(AuthenticationType.AWS_V4, keys.accessKey(), keys.secretKey())
              .jettyMaxThreads(THREADS)
              .stopTimeout(STOP_MS)
              .build();
      server.start();
      return new EmbeddedObjectStore(lock, server, keys);
    } catch (Exception e) {
      lock.close();
      throw e instanceof LocalStackException known
          ? known
          : new LocalStackException("The object store did not start: " + e.getMessage(), e);
    }
  }

  /** Its address. */
  public String endpoint() {
    return "http://" + LoopbackPorts.LOOPBACK + ":" + server.getPort();
  }

  /** The keys it knows. */
  public ObjectStoreKeys keys() {
    return keys;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new LocalStackException("The object store did not stop: " + e.getMessage(), e);
    } finally {
      lock.close();
    }
  }
}
