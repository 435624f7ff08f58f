package dev.hologrid.gateway.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Whether a key and a certificate belong together. */
final class KeyPairs {
  private KeyPairs() {}

  static void check(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    boolean right = false;
    try {
      signature.initVerify(certificate.getPublicKey());
      signature.update(text);
      right = signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // of another kind altogether
    }
    if (!right) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }
}
