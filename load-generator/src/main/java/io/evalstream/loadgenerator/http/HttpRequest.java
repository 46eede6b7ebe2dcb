package io.evalstream.loadgenerator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * One request, ready to be written, and written again if its connection turns out to be stale.
 * Immutable; the body is not copied and must not change.
 */
public final class HttpRequest {

  private final byte[] head;
  private final byte[] body;

  private HttpRequest(byte[] head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  ByteBuf content() {
    return Unpooled.wrappedBuffer(head, body);
  }

  /** Makes the requests to one server. Immutable. */
  public static final class Factory {

    private final String target;
    private final String commonHeaders;

    /**
     * A factory for {@code origin}.
     *
     * @param apiKey sent as a bearer token; null for none
     * @throws IllegalArgumentException when the key cannot be written into a header
     */
    public Factory(Origin origin, String apiKey) {
      this(origin, apiKey, NetworkOptions.DEFAULT);
    }

    /**
     * A factory for {@code origin}, reached as {@code network} says. A proxy that forwards gets the
     * whole URL (RFC 9112, section 3.2.2); a header {@code Authorization} replaces the key's.
     *
     * @param apiKey sent as a bearer token; null for none
     * @throws IllegalArgumentException when the key cannot be written into a header
     */
    public Factory(Origin origin, String apiKey, NetworkOptions network) {
      boolean forwarded = network.proxy() != null && !origin.tls();
      this.target = forwarded ? origin.url("") : origin.basePath();
      StringBuilder headers = new StringBuilder();
      headers.append("Host: ").append(origin.authority()).append("\r\n");
      headers.append("User-Agent: evalstream\r\n");
      if (apiKey != null
          && network.headers().keySet().stream().noneMatch("Authorization"::equalsIgnoreCase)) {
        if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
          throw new IllegalArgumentException(
              "The API key holds a character that no HTTP header can carry: check for spaces and"
                  + " line ends");
        }
        headers.append("Authorization: Bearer ").append(apiKey).append("\r\n");
      }
      if (forwarded && network.proxy().authorization() != null) {
        headers
            .append("Proxy-Authorization: ")
            .append(network.proxy().authorization())
            .append("\r\n");
      }
      network
          .headers()
          .forEach((name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
      commonHeaders = headers.toString();
    }

    /** A request without a body. */
    public HttpRequest get(String path) {
      String head = "GET " + target + path + " HTTP/1.1\r\n" + commonHeaders + "\r\n";
      return new HttpRequest(head.getBytes(StandardCharsets.US_ASCII), new byte[0]);
    }

    /** A request with a JSON body, and {@code requestId} for the server's log. */
    public HttpRequest post(String path, String requestId, byte[] json) {
      String head =
          "POST "
              + target
              + path
              + " HTTP/1.1\r\n"
              + commonHeaders
              + "Content-Type: application/json\r\nX-Request-Id: "
              + requestId
              + "\r\nContent-Length: "
              + json.length
              + "\r\n\r\n";
      return new HttpRequest(head.getBytes(StandardCharsets.US_ASCII), json);
    }
  }
}
