package io.evalstream.loadgenerator;

import static io.evalstream.loadgenerator.ScriptedServer.stream;
import static io.evalstream.loadgenerator.TestConfigs.PATIENT;
import static io.evalstream.loadgenerator.TestConfigs.config;
import static io.evalstream.loadgenerator.TestConfigs.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evalstream.loadgenerator.http.NetworkOptions;
import io.evalstream.loadgenerator.http.Proxy;
import io.evalstream.loadgenerator.http.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over TLS. */
@Timeout(60)
class TlsTest {

  @TempDir private static Path directory;

  private static Certificates own;
  private static Certificates elsewhere;
  private static Certificates expired;

  @BeforeAll
  static void makeCertificates() throws Exception {
    own = new Certificates(directory, "own", "ip:127.0.0.1");
    elsewhere = new Certificates(directory, "elsewhere", "dns:elsewhere.example");
    expired =
        new Certificates(
            directory, "expired", "ip:127.0.0.1", "-startdate", "-10d", "-validity", "1");
  }

  @Test
  void aPrivateAuthorityIsTrusted() throws Exception {
    assertThat(run(own, false, cacert(own))).isEqualTo(2);
  }

  @Test
  void withoutItTheCertificateIsNamed() {
    assertThatThrownBy(() -> run(own, false, TlsOptions.DEFAULT))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("certificate (subject CN=own, issuer CN=own, valid until 20")
        .hasMessageEndingWith("give the certificate of its authority as cacert");
  }

  @Test
  void anotherHostsCertificateIsRefused() {
    assertThatThrownBy(() -> run(elsewhere, false, cacert(elsewhere)))
        .hasMessageContaining("is for elsewhere.example and not for 127.0.0.1");
  }

  @Test
  void anExpiredCertificateIsRefused() {
    assertThatThrownBy(() -> run(expired, false, TlsOptions.DEFAULT))
        .hasMessageContaining("CN=expired")
        .hasMessageContaining("has expired: have it renewed");
  }

  @Test
  void insecureTakesAny() throws Exception {
    TlsOptions insecure = new TlsOptions(null, true, null, null);

    assertThat(run(elsewhere, false, insecure)).isEqualTo(2);
    assertThat(run(expired, false, insecure)).isEqualTo(2);
  }

  @Test
  void aServerThatWantsACertificateGetsIt() throws Exception {
    TlsOptions both =
        new TlsOptions(own.certificate(), false, elsewhere.certificate(), elsewhere.key());

    assertThat(run(own, true, both)).isEqualTo(2);
    assertThatThrownBy(() -> run(own, true, cacert(own)))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("TLS");
  }

  @Test
  void filesThatAreNoneAreNamed() throws Exception {
    Path missing = directory.resolve("missing.pem");
    Path text = Files.writeString(directory.resolve("text.pem"), "hello");

    assertThatThrownBy(() -> run(own, false, new TlsOptions(missing, false, null, null)))
        .hasMessageContaining("There is no file " + missing);
    assertThatThrownBy(() -> run(own, false, new TlsOptions(text, false, null, null)))
        .hasMessageContaining(text.toString());
    assertThatThrownBy(() -> run(own, false, new TlsOptions(null, false, text, text)))
        .hasMessageContaining("The client certificate " + text);
    assertThatThrownBy(() -> new TlsOptions(text, true, null, null))
        .hasMessageContaining("contradict");
    assertThatThrownBy(() -> new TlsOptions(null, false, text, null))
        .hasMessageContaining("go together");
  }

  @Test
  void aTunnelLeadsThroughAProxy() throws Exception {
    try (ScriptedServer server = server(own, false);
        TunnelProxy tunnel = new TunnelProxy()) {
      Proxy proxy = Proxy.parse("http://me:hush@127.0.0.1:" + tunnel.port());
      LoadResult result =
          run(server, new NetworkOptions(cacert(own), proxy, Map.of("X-Team", "t")));

      assertThat(result.completed()).isEqualTo(2);
      assertThat(tunnel.heads())
          .isNotEmpty()
          .allSatisfy(
              head ->
                  assertThat(head)
                      .startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1")
                      .contains("Proxy-Authorization: Basic bWU6aHVzaA=="));
      assertThat(server.requests())
          .allSatisfy(request -> assertThat(request.headers()).containsEntry("X-Team", "t"));
    }
  }

  @Test
  void aProxyThatRefusesIsToldWithoutThePassword() throws Exception {
    try (ScriptedServer proxy =
        new ScriptedServer((q, a) -> a.write("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n"))) {
      NetworkOptions network =
          new NetworkOptions(
              TlsOptions.DEFAULT,
              Proxy.parse("http://me:hush@127.0.0.1:" + proxy.port()),
              Map.of());

      assertThatThrownBy(() -> run("https://server.example", network))
          .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port() + " answers 407")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void aPlainServerIsReachedByTheWholeUrl() throws Exception {
    try (ScriptedServer proxy =
        new ScriptedServer(
            (q, a) ->
                a.write(q.path().endsWith("/v1/models") ? ScriptedServer.MODELS : stream(2)))) {
      NetworkOptions network =
          new NetworkOptions(
              TlsOptions.DEFAULT,
              Proxy.parse("http://me:hush@127.0.0.1:" + proxy.port()),
              Map.of("X-Team", "t"));
      LoadResult result = run("http://server.example:8000", network);

      assertThat(result.completed()).isEqualTo(2);
      assertThat(proxy.requests())
          .allSatisfy(
              request -> {
                assertThat(request.path()).startsWith("http://server.example:8000/v1/");
                assertThat(request.headers())
                    .containsEntry("Host", "server.example:8000")
                    .containsEntry("Proxy-Authorization", "Basic bWU6aHVzaA==")
                    .containsEntry("X-Team", "t");
              });
      // the question for the models, too
      assertThat(proxy.requests()).hasSize(3);
    }
  }

  private static TlsOptions cacert(Certificates certificates) throws Exception {
    return new TlsOptions(certificates.certificate(), false, null, null);
  }

  private static long run(Certificates certificates, boolean clientAuth, TlsOptions options)
      throws Exception {
    try (ScriptedServer server = server(certificates, clientAuth)) {
      return run(server, new NetworkOptions(options, null, Map.of())).completed();
    }
  }

  private static ScriptedServer server(Certificates certificates, boolean clientAuth)
      throws Exception {
    ServerSocketFactory factory = certificates.server(elsewhere).getServerSocketFactory();
    ServerSocketFactory asking =
        new ServerSocketFactory() {
          @Override
          public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
              throws IOException {
            SSLServerSocket socket =
                (SSLServerSocket) factory.createServerSocket(port, backlog, address);
            socket.setNeedClientAuth(clientAuth);
            return socket;
          }
        };
    return new ScriptedServer(
        asking,
        (q, a) -> a.write(q.path().equals("/v1/models") ? ScriptedServer.MODELS : stream(2)));
  }

  private static LoadResult run(ScriptedServer server, NetworkOptions network) {
    return run("https://127.0.0.1:" + server.port(), network);
  }

  private static LoadResult run(String url, NetworkOptions network) {
    RecordingPublisher published = new RecordingPublisher();
    return new LoadGenerator(kafka -> published, Duration.ofSeconds(20))
        .run(config(url, requests(2), 1, PATIENT).with(network), ProgressListener.SILENT);
  }
}
