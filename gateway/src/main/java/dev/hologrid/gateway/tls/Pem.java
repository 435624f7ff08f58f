package dev.hologrid.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and keys from PEM files. */
public final class Pem {
  private Pem() {}

  /** All certificates of a file, in its order. */
  public static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        if (each instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException(file + " holds no certificate");
    }
    return found;
  }

  /** All revocation lists of a file. */
  static List<X509CRL> revocations(Path file) throws IOException, GeneralSecurityException {
    List<X509CRL> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      for (CRL each : CertificateFactory.getInstance("X.509").generateCRLs(in)) {
        if (each instanceof X509CRL list) {
          found.add(list);
        }
      }
    }
    return found;
  }

  /** The private key of a file in PKCS #8 form. */
  public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    if (pem.contains("BEGIN PRIVATE KEY")) {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
      for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
          // of another algorithm
        }
      }
    }
    throw new InvalidKeySpecException(
        file
            + " holds no private key in PKCS #8 form (BEGIN PRIVATE KEY); convert it with openssl"
            + " pkcs8 -topk8 -nocrypt");
  }

  /** A key store in memory, with nothing in it. */
  public static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
