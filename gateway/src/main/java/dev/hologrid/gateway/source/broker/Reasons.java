package dev.hologrid.gateway.source.broker;

import java.net.ConnectException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Paho's exceptions as one sentence: its own messages rarely say what happened. */
final class Reasons {
  private static final String STRANGER =
      "nobody whom we trust has signed the broker's certificate; set broker.tls.authority";

  private Reasons() {}

  /**
   * Why there is no connection. A broker that refuses our certificate under TLS 1.3 has ended the
   * connection when the first packet is written, and what it said of it is often not read any more.
   */
  static String ofConnecting(@Nullable Throwable cause, boolean secure) {
    String said = of(cause);
    return secure && deepest(cause) instanceof SocketException e && !(e instanceof ConnectException)
        ? "the broker ended it at once; perhaps it refuses our certificate: see"
            + " broker.tls.certificate and its own log ("
            + said
            + ")"
        : said;
  }

  private static @Nullable Throwable deepest(@Nullable Throwable cause) {
    Throwable deepest = cause;
    for (int i = 0; i < 8 && deepest != null && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  static String of(@Nullable Throwable cause) {
    Throwable deepest = deepest(cause);
    if (deepest == null) {
      return "the broker closed it";
    }
    String message = deepest.getMessage();
    String said =
        message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
    String hint = hint(deepest, said);
    return hint.isEmpty() ? said : hint + " (" + said + ")";
  }

  /** The way out, for what goes wrong with certificates. */
  private static String hint(Throwable cause, String said) {
    return switch (cause) {
      case CertificateExpiredException e -> "the broker's certificate has ended; renew it there";
      case CertificateNotYetValidException e ->
          "the broker's certificate does not hold yet; compare the clocks";
      case CertPathBuilderException e -> STRANGER;
      case CertPathValidatorException e -> STRANGER;
      case CertificateException e when said.contains("subject alternative") ->
          "the broker's certificate is for another name; use one of its names in broker.url";
      case SSLException e when said.contains("fatal alert") ->
          "the broker refuses our certificate; see broker.tls.certificate and its own log";
      default -> "";
    };
  }
}
