package dev.hologrid.gateway.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Clients are trusted by the authority and the revocation lists that the files hold just now. */
final class CurrentClients extends X509ExtendedTrustManager {
  private final ServerTls tls;

  CurrentClients(ServerTls tls) {
    this.tls = tls;
  }

  private X509ExtendedTrustManager authority() throws CertificateException {
    X509ExtendedTrustManager now = tls.held().clients();
    if (now == null) {
      throw new CertificateException("no authority of clients is named");
    }
    return now;
  }

  private void notRevoked(X509Certificate[] chain) throws CertificateException {
    for (X509CRL list : tls.held().revoked()) {
      for (X509Certificate each : chain) {
        if (list.getIssuerX500Principal().equals(each.getIssuerX500Principal())
            && list.isRevoked(each)) {
          throw new CertificateException(each.getSubjectX500Principal() + " is revoked");
        }
      }
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    authority().checkClientTrusted(chain, type, engine);
    notRevoked(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    authority().checkClientTrusted(chain, type, socket);
    notRevoked(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority().checkClientTrusted(chain, type);
    notRevoked(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("these are clients");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
      throws CertificateException {
    throw new CertificateException("these are clients");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("these are clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    X509ExtendedTrustManager now = tls.held().clients();
    return now == null ? new X509Certificate[0] : now.getAcceptedIssuers();
  }
}
