package io.evalstream.loadgenerator.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP proxy. To servers of HTTPS it makes a tunnel ({@code CONNECT}), to others it forwards.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param authorization value of the {@code Proxy-Authorization} header; null for none; never shown
 */
public record Proxy(String host, int port, String authorization) {

  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads {@code http://[user:password@]host:port}.
   *
   * @throws IllegalArgumentException saying what to write, without the URL, which may hold a
   *     password
   */
  public static Proxy parse(String url) {
    URI uri;
    try {
      uri = new URI(url.contains("://") ? url : "http://" + url);
    } catch (URISyntaxException e) {
      throw invalid();
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw invalid();
    }
    String host = uri.getHost();
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : DEFAULT_PORT;
    return new Proxy(host, port, basic(uri.getRawUserInfo()));
  }

  /**
   * The proxy that HTTP_PROXY or HTTPS_PROXY names for a server, by the server's scheme; the name
   * in small letters comes first. NO_PROXY holds names of hosts, separated by commas, that are
   * reached directly: {@code *} for all, {@code example.com} and {@code .example.com} for that name
   * and what ends with it, with or without a port. A server on this machine is always reached
   * directly.
   *
   * @return null for none
   */
  public static Proxy fromEnvironment(Map<String, String> environment, Origin origin) {
    String url = variable(environment, origin.tls() ? "https_proxy" : "http_proxy");
    if (url.isEmpty() || isDirect(variable(environment, "no_proxy"), origin)) {
      return null;
    }
    return parse(url);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static boolean isDirect(String noProxy, Origin origin) {
    String host = origin.host().toLowerCase(Locale.ROOT);
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("::1")) {
      return true;
    }
    for (String entry : noProxy.toLowerCase(Locale.ROOT).split(",", -1)) {
      String name = entry.strip();
      int colon = name.lastIndexOf(':');
      if (colon > 0 && name.indexOf(':') == colon) {
        if (!name.substring(colon + 1).equals(Integer.toString(origin.port()))) {
          continue;
        }
        name = name.substring(0, colon);
      }
      String bare = name.startsWith(".") ? name.substring(1) : name;
      if (name.equals("*") || host.equals(bare) || (!bare.isEmpty() && host.endsWith("." + bare))) {
        return true;
      }
    }
    return false;
  }

  private static String variable(Map<String, String> environment, String name) {
    String small = environment.getOrDefault(name, "");
    return small.isEmpty()
        ? environment.getOrDefault(name.toUpperCase(Locale.ROOT), "").strip()
        : small.strip();
  }

  private static String basic(String rawUserInfo) {
    if (rawUserInfo == null) {
      return null;
    }
    // a plus is a plus here, and not a space
    String user = URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException(
        "the proxy's URL is not one: write it as http://host:port or http://user:password@host:port");
  }
}
