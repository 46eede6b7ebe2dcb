package io.evalstream.loadgenerator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a key and a certificate that signs itself. */
final class Certificates {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final Path directory;
  private final String name;
  private final KeyStore keys;

  Certificates(Path directory, String name, String hosts, String... options) throws Exception {
    this.directory = directory;
    this.name = name;
    Path store = directory.resolve(name + ".p12");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + hosts,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
  }

  /** The certificate as a PEM file. */
  Path certificate() throws GeneralSecurityException, IOException {
    return pem("CERTIFICATE", keys.getCertificate("key").getEncoded());
  }

  /** The key as a PEM file. */
  Path key() throws GeneralSecurityException, IOException {
    return pem("PRIVATE KEY", keys.getKey("key", PASSWORD).getEncoded());
  }

  /** For a server that shows the certificate and trusts {@code clients}. */
  SSLContext server(Certificates clients) throws GeneralSecurityException {
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    TrustManagerFactory trustManagers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try {
      trusted.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    trusted.setCertificateEntry("client", clients.keys.getCertificate("key"));
    trustManagers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  private Path pem(String kind, byte[] content) throws IOException {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    return Files.write(
        directory.resolve(name + "." + kind.replace(' ', '-') + ".pem"),
        text.getBytes(StandardCharsets.US_ASCII));
  }
}
