package io.evalstream.loadgenerator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyTest {

  private static final Map<String, String> BOTH =
      Map.of("HTTP_PROXY", "http://plain:3128", "HTTPS_PROXY", "http://secure");

  @Test
  void theSchemeDecides() {
    assertThat(proxy(BOTH, "http://server:8000")).isEqualTo(new Proxy("plain", 3128, null));
    assertThat(proxy(BOTH, "https://server")).isEqualTo(new Proxy("secure", 8080, null));
    assertThat(proxy(Map.of(), "https://server")).isNull();
  }

  @Test
  void smallLettersComeFirst() {
    assertThat(
            proxy(Map.of("http_proxy", "small:1", "HTTP_PROXY", "large:2"), "http://server:8000"))
        .isEqualTo(new Proxy("small", 1, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                | true",
        "server.example   | true",
        ".server.example  | true",
        "example          | true",
        "a, example:8000  | true",
        "example:9000     | false",
        "ple              | false",
        "other.example    | false",
        "','              | false"
      })
  void whatNeedsNoProxyIsReachedDirectly(String noProxy, Boolean direct) {
    Proxy proxy =
        proxy(
            Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", noProxy), "http://server.example:8000");

    assertThat(proxy == null).isEqualTo(Boolean.TRUE.equals(direct));
  }

  @Test
  void thisMachineIsReachedDirectly() {
    assertThat(proxy(BOTH, "http://localhost:8000")).isNull();
    assertThat(proxy(BOTH, "http://127.0.0.1:8000")).isNull();
    assertThat(proxy(BOTH, "http://[::1]:8000")).isNull();
  }

  @Test
  void aPasswordIsUsedAndNeverShown() {
    Proxy proxy = Proxy.parse("http://me:hu%40sh+@p:3128");

    assertThat(proxy.authorization()).isEqualTo("Basic bWU6aHVAc2gr");
    assertThat(proxy.toString()).isEqualTo("p:3128");
    assertThatThrownBy(() -> Proxy.parse("socks5://me:hush@p"))
        .hasMessageContaining("http://user:password@host:port")
        .hasMessageNotContaining("hush");
  }

  @Test
  void headersAreCheckedAndTheirValuesNeverShown() {
    NetworkOptions options =
        new NetworkOptions(TlsOptions.DEFAULT, null, Map.of("X-Team-Key", "hush"));
    assertThat(options.toString()).contains("X-Team-Key").doesNotContain("hush");
    assertThatThrownBy(() -> headers("Host", "x")).hasMessageContaining("'Host' is written");
    assertThatThrownBy(() -> headers("a b", "x")).hasMessageContaining("'a b' has no name");
    assertThatThrownBy(() -> headers("A", "hush\n"))
        .hasMessageContaining("value of header 'A'")
        .hasMessageNotContaining("hush");
  }

  private static NetworkOptions headers(String name, String value) {
    return new NetworkOptions(TlsOptions.DEFAULT, null, Map.of(name, value));
  }

  private static Proxy proxy(Map<String, String> environment, String url) {
    return Proxy.fromEnvironment(environment, Origin.parse(url));
  }
}
