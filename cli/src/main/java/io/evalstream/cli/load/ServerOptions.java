package io.evalstream.cli.load;

import io.evalstream.loadgenerator.Against;
import io.evalstream.loadgenerator.Endpoint;
import io.evalstream.loadgenerator.http.NetworkOptions;
import io.evalstream.loadgenerator.http.Origin;
import io.evalstream.loadgenerator.http.Proxy;
import io.evalstream.loadgenerator.http.TlsOptions;
import io.evalstream.loadgenerator.request.Backend;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The server to load. */
final class ServerOptions {

  @Option(
      names = "--backend",
      defaultValue = "vllm",
      description = "vllm, openai or openai-chat (${DEFAULT-VALUE}).")
  private String backend;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "The server; made of --host and --port when left out.")
  private String baseUrl;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The server's host (${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8000",
      description = "The server's port (${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--endpoint",
      paramLabel = "PATH",
      description = "Where requests go; the backend's own path when left out.")
  private String endpoint;

  @Option(names = "--model", description = "The model; the server's first when left out.")
  private String model;

  @Option(
      names = "--served-model-name",
      paramLabel = "NAME",
      description = "What the server calls the model, if not as --model does.")
  private String servedModelName;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "${env:OPENAI_API_KEY:-}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "The server's key; better given as $$OPENAI_API_KEY.")
  private String apiKey;

  @Option(
      names = "--header",
      arity = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Sent with each request.")
  private Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "PEM file with the authorities to trust instead of the system's.")
  private Path caCertificate;

  @Option(names = "--insecure", description = "Take any certificate of the server.")
  private boolean insecure;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "PEM file with the certificate to show to the server.")
  private Path clientCertificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "PEM file with its private key, PKCS#8 and not encrypted.")
  private Path clientKey;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description =
          "Kept in the result; not needed: prompts are sent as token ids, answers are counted by"
              + " the server.")
  private String tokenizer;

  @Option(names = "--tokenizer-mode", hidden = true, paramLabel = "MODE")
  @SuppressWarnings("unused") // accepted for those who come from vLLM
  private String tokenizerMode;

  @Option(
      names = {"--skip-tokenizer-init", "--trust-remote-code"},
      hidden = true)
  @SuppressWarnings("unused") // accepted for those who come from vLLM
  private boolean aboutTheTokenizer;

  Endpoint endpoint() {
    return new Endpoint(
        origin(),
        Backend.named(backend),
        endpoint,
        servedModelName == null ? model : servedModelName,
        apiKey);
  }

  /** The server to compare with, asked as this one. */
  Against against(String url) {
    Origin other;
    try {
      other = Origin.parse(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("ab: " + e.getMessage(), e);
    }
    Endpoint first = endpoint();
    return new Against(
        new Endpoint(other, first.backend(), first.path(), first.model(), first.apiKey()),
        network(other));
  }

  /** How the server is reached; the proxy is what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say. */
  NetworkOptions network() {
    return network(origin());
  }

  private NetworkOptions network(Origin of) {
    return new NetworkOptions(
        new TlsOptions(caCertificate, insecure, clientCertificate, clientKey),
        Proxy.fromEnvironment(System.getenv(), of),
        headers);
  }

  String backend() {
    return backend;
  }

  /** The model's own name; null when the server is asked. */
  String model() {
    return model;
  }

  String tokenizer() {
    return tokenizer;
  }

  private Origin origin() {
    return Origin.parse(baseUrl == null ? "http://" + bracketed(host) + ":" + port : baseUrl);
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
