package io.evalstream.datasets;

import io.evalstream.datasets.store.ObjectStore;
import io.evalstream.datasets.store.StoreConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 store on files, as the local stack has it. */
public final class TestStore implements AutoCloseable {

  public static final String ACCESS_KEY = "reader";
  public static final String SECRET_KEY = "a-secret-that-nobody-prints";

  private final S3Proxy server;

  private TestStore(S3Proxy server) {
    this.server = server;
  }

  public static TestStore start(Path directory) throws Exception {
    Files.createDirectories(directory);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(directory.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
    return new TestStore(server);
  }

  public int port() {
    return server.getPort();
  }

  public ObjectStore open() {
    return open(port());
  }

  /** A client that goes through another port. */
  public static ObjectStore open(int port) {
    return open(port, SECRET_KEY);
  }

  public static ObjectStore open(int port, String secretKey) {
    return ObjectStore.open(
        new StoreConfig(URI.create("http://127.0.0.1:" + port), ACCESS_KEY, secretKey, null, null));
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
