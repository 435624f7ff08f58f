package dev.hologrid.gateway.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed. */
public final class Trust {
  private Trust() {}

  /**
   * Trusts the certificates of a PEM file and no others; blocks.
   *
   * @param authorities null: whom the JDK trusts, which is what null as the result means too
   */
  public static TrustManager @Nullable [] in(@Nullable Path authorities)
      throws IOException, GeneralSecurityException {
    return authorities == null ? null : only(authorities);
  }

  /** Trusts the certificates of a PEM file and no others; blocks. */
  static TrustManager[] only(Path authorities) throws IOException, GeneralSecurityException {
    KeyStore store = Pem.emptyStore();
    int number = 0;
    for (Certificate each : Pem.certificates(authorities)) {
      store.setCertificateEntry("authority-" + number++, each);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
