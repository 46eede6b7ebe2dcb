package io.evalstream.loadgenerator.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes what Netty needs for TLS. */
public final class TlsContexts {

  private TlsContexts() {}

  /**
   * The context for a client.
   *
   * @throws IllegalArgumentException naming the file that cannot be used
   */
  public static SslContext client(TlsOptions options) {
    try {
      SslContextBuilder builder = SslContextBuilder.forClient();
      builder.trustManager(
          options.insecure()
              ? new TrustEveryone()
              : new ExplainingTrustManager(authorities(options.caCertificate())));
      if (options.clientCertificate() != null) {
        clientKey(builder, options);
      }
      return builder.build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static void clientKey(SslContextBuilder builder, TlsOptions options) {
    try {
      builder.keyManager(options.clientCertificate().toFile(), options.clientKey().toFile());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The client certificate %s with key %s cannot be used (%s): both must be PEM, the key PKCS#8"
                  .formatted(options.clientCertificate(), options.clientKey(), reason(e))
              + " and not encrypted",
          e);
    }
  }

  private static String reason(Throwable e) {
    Throwable last = e;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getClass().getSimpleName();
  }

  private static X509ExtendedTrustManager authorities(Path caCertificate)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = caCertificate == null ? null : read(caCertificate);
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("this Java has no check of certificates");
  }

  private static KeyStore read(Path path) throws GeneralSecurityException, IOException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(path)) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "There is no file " + path + ": give cacert as a PEM file of certificates", e);
    } catch (CertificateException e) {
      throw new IllegalArgumentException(
          path + " is no PEM file of certificates: give cacert as one", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          path + " holds no certificate: give cacert as a PEM file of certificates");
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    return store;
  }
}
