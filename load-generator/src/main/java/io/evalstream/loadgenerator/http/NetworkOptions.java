package io.evalstream.loadgenerator.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a server is reached, by load and by probes alike.
 *
 * @param proxy null for none
 * @param headers sent with every request, in this order; values are never shown
 */
public record NetworkOptions(TlsOptions tls, Proxy proxy, Map<String, String> headers) {

  /** Directly, by the system's authorities, without further headers. */
  public static final NetworkOptions DEFAULT =
      new NetworkOptions(TlsOptions.DEFAULT, null, Map.of());

  private static final Pattern NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "transfer-encoding",
          "accept-encoding",
          "x-request-id",
          "proxy-authorization");

  /**
   * Validates.
   *
   * @throws IllegalArgumentException naming the bad item
   */
  public NetworkOptions {
    if (tls == null) {
      throw new IllegalArgumentException("TLS options: nothing is given");
    }
    headers.forEach(NetworkOptions::check);
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Names the headers but keeps their values back, which may be secrets. */
  @Override
  public String toString() {
    return "NetworkOptions[" + tls + ", " + proxy + ", " + headers.keySet() + "]";
  }

  private static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "header '" + name + "' has no name that HTTP allows: write it as Name=value");
    }
    if (TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "header '" + name + "' is written by the generator itself: leave it out");
    }
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))) {
      throw new IllegalArgumentException(
          "the value of header '"
              + name
              + "' holds a character that no HTTP header can carry: check for line ends");
    }
  }
}
