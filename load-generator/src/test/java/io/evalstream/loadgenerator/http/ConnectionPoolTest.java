package io.evalstream.loadgenerator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.evalstream.loadgenerator.ScriptedServer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectionPoolTest {

  private static final char[] PASSWORD = "of-no-value".toCharArray();

  @TempDir private Path folder;

  private final MultiThreadIoEventLoopGroup group = Transport.loops(1, "test");
  private final EventLoop loop = group.next();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  @Test
  void speaksTls() throws Exception {
    KeyStore keys = keys("dns:localhost,ip:127.0.0.1");
    try (ScriptedServer server = tlsServer(keys)) {
      ConnectionPool pool = pool("localhost", server.port(), trusting(keys));

      assertThat(get(pool)).isEqualTo("sent 200 hello end");
      assertThat(get(pool)).isEqualTo("sent 200 hello end");
      assertThat(server.requests())
          .extracting(ScriptedServer.Request::connection)
          .as("the connection is used again")
          .containsExactly(1, 1);
    }
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    KeyStore keys = keys("dns:elsewhere.example");
    try (ScriptedServer server = tlsServer(keys)) {
      String failure = get(pool("localhost", server.port(), trusting(keys)));

      assertThat(failure).startsWith("CONNECT The TLS handshake failed");
    }
  }

  @Test
  void refusesACertificateThatNobodyVouchesFor() throws Exception {
    try (ScriptedServer server = tlsServer(keys("dns:localhost"))) {
      SslContext defaultTrust = SslContextBuilder.forClient().build();

      assertThat(get(pool("localhost", server.port(), defaultTrust)))
          .startsWith("CONNECT The TLS handshake failed");
    }
  }

  private ConnectionPool pool(String host, int port, SslContext tls) {
    return new ConnectionPool(
        loop,
        new ConnectionPool.Target(
            new Origin(true, host, port, ""),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            tls,
            Duration.ofSeconds(30)));
  }

  private String get(ConnectionPool pool) throws InterruptedException {
    HttpRequest request =
        new HttpRequest.Factory(new Origin(true, "localhost", 1, ""), null).get("/");
    loop.execute(() -> pool.send(request, new Telling(told)));
    return told.take();
  }

  private ScriptedServer tlsServer(KeyStore keys) throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    ServerSocketFactory factory = context.getServerSocketFactory();
    return new ScriptedServer(
        factory, (q, a) -> a.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
  }

  private static SslContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(keys);
    return SslContextBuilder.forClient().trustManager(managers).build();
  }

  /** A key and its self-signed certificate, made by the JDK's own tool. */
  private KeyStore keys(String names)
      throws GeneralSecurityException, IOException, InterruptedException {
    Path file = folder.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process made =
        new ProcessBuilder(
                keytool.toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=test",
                "-ext",
                "san=" + names)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(made.waitFor()).as("keytool").isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setKeyEntry(
        "server", store.getKey("server", PASSWORD), PASSWORD, store.getCertificateChain("server"));
    trusted.setCertificateEntry("ca", store.getCertificate("server"));
    return trusted;
  }

  /** Writes down what it is told, and hands it over at the end. */
  private static final class Telling implements ResponseListener {
    private final BlockingQueue<String> told;
    private final StringBuilder story = new StringBuilder();

    Telling(BlockingQueue<String> told) {
      this.told = told;
    }

    @Override
    public void sent(long nanos) {
      story.append("sent ");
    }

    @Override
    public void head(int status, boolean json, long nanos) {
      story.append(status).append(' ');
    }

    @Override
    public void body(byte[] bytes, int from, int to, long nanos) {
      story.append(new String(bytes, from, to - from, StandardCharsets.UTF_8)).append(' ');
    }

    @Override
    public boolean end(long nanos) {
      told.add(story.append("end").toString());
      return true;
    }

    @Override
    public void failed(Failure failure, String sentence, long nanos) {
      told.add(failure + " " + sentence);
    }
  }
}
