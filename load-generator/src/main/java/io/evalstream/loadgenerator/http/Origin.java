package io.evalstream.loadgenerator.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a server is.
 *
 * @param tls whether the scheme is {@code https}
 * @param host a name or an address, IPv6 without brackets
 * @param port always given
 * @param basePath what comes before {@code /v1}; empty, or begins with a slash and does not end
 *     with one
 */
public record Origin(boolean tls, String host, int port, String basePath) {

  /**
   * Reads {@code http://host:port[/path]}; a path that ends in {@code /v1} may be given with or
   * without it.
   *
   * @throws IllegalArgumentException saying what is wrong and what to write
   */
  public static Origin parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw invalid(url);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if ((!tls && !scheme.equals("http"))
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw invalid(url);
    }
    String host = uri.getHost();
    if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (path.endsWith("/v1")) {
      path = path.substring(0, path.length() - 3);
    }
    return new Origin(tls, host, port, path);
  }

  /** The value of the {@code Host} header. */
  public String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }

  /** The whole URL of a path of the server. */
  public String url(String path) {
    return (tls ? "https://" : "http://") + authority() + basePath + path;
  }

  private static IllegalArgumentException invalid(String url) {
    // a URL may hold a password, so it is not repeated when it has a part for one
    String shown = url != null && url.contains("@") ? "the base URL" : "base URL " + url;
    return new IllegalArgumentException(
        shown + " is not an address of a server: write it as http://host:port or https://host");
  }
}
