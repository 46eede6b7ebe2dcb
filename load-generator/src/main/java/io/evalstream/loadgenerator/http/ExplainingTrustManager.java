package io.evalstream.loadgenerator.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/** Checks as another one does, and says which certificate was refused and what to do. */
final class ExplainingTrustManager extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager inner;

  /** A certificate was refused; the message is for the user. */
  static final class Refusal extends CertificateException {

    private static final long serialVersionUID = 1L;

    Refusal(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private interface Check {
    void run() throws CertificateException;
  }

  ExplainingTrustManager(X509ExtendedTrustManager inner) {
    this.inner = inner;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    SSLSession session = engine.getHandshakeSession();
    explain(
        chain,
        session == null ? "this host" : session.getPeerHost(),
        () -> inner.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    explain(chain, "this host", () -> inner.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    explain(chain, "this host", () -> inner.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    inner.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    inner.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    inner.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return inner.getAcceptedIssuers();
  }

  private static void explain(X509Certificate[] chain, String host, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw new Refusal(sentence(chain, host, e), e);
    }
  }

  private static String sentence(X509Certificate[] chain, String host, CertificateException e) {
    Instant now = Instant.now();
    for (X509Certificate certificate : chain) {
      if (now.isAfter(certificate.getNotAfter().toInstant())) {
        return shown(certificate) + " has expired: have it renewed";
      }
      if (now.isBefore(certificate.getNotBefore().toInstant())) {
        return shown(certificate)
            + " is valid from "
            + certificate.getNotBefore().toInstant()
            + " on only: check this machine's clock";
      }
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("No name matching") || message.contains("No subject alternative")) {
      return shown(chain[0])
          + " is for "
          + names(chain[0])
          + " and not for "
          + host
          + ": use one of its names";
    }
    return shown(chain[0])
        + " is signed by nobody who is trusted: give the certificate of its authority as cacert";
  }

  private static String shown(X509Certificate certificate) {
    return "certificate (subject %s, issuer %s, valid until %s)"
        .formatted(
            certificate.getSubjectX500Principal().getName(),
            certificate.getIssuerX500Principal().getName(),
            certificate.getNotAfter().toInstant());
  }

  private static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? "no host"
          : names.stream()
              .map(name -> String.valueOf(name.get(1)))
              .collect(Collectors.joining(", "));
    } catch (CertificateParsingException e) {
      return "no readable host";
    }
  }
}
