package dev.hologrid.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a device shows that it is itself. Holds nothing that would let anybody in. */
public sealed interface Proof {
  /** Its name in files and on the interface. */
  default Kind kind() {
    return switch (this) {
      case Secret secret -> Kind.TOKEN;
      case Password password -> Kind.PASSWORD;
      case Certificate certificate -> Kind.CERTIFICATE;
    };
  }

  /** The kinds of proof. */
  enum Kind {
    /** A random secret made here. */
    TOKEN,
    /** A password that people chose. */
    PASSWORD,
    /** A certificate of the clients' authority, with the device id as its name. */
    CERTIFICATE;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A secret of 128 random bits or more, for which a fast hash will do.
   *
   * @param key the first letters, by which the device is found from its secret alone
   * @param salt hexadecimal
   * @param hash HMAC-SHA-256 of the whole secret with the salt as key, hexadecimal
   */
  record Secret(String key, String salt, String hash) implements Proof {
    static final String PREFIX = "hgd_";
    private static final int KEY = 10;
    private static final int LETTERS = 28;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret in plain text: a prefix, a key that is no secret, 138 random bits. */
    static String fresh() {
      return PREFIX + Passwords.random(KEY) + "_" + Passwords.random(LETTERS);
    }

    static Secret of(String plain) {
      byte[] salt = new byte[16];
      RANDOM.nextBytes(salt);
      String hex = HexFormat.of().formatHex(salt);
      return new Secret(keyOf(plain), hex, hmac(hex, plain));
    }

    /** The key of a secret in plain text, or nothing when it is none of ours. */
    static String keyOf(String plain) {
      int end = PREFIX.length() + KEY;
      return plain.startsWith(PREFIX) && plain.length() > end && plain.charAt(end) == '_'
          ? plain.substring(PREFIX.length(), end)
          : "";
    }

    boolean matches(String plain) {
      return MessageDigest.isEqual(
          hash.getBytes(StandardCharsets.US_ASCII),
          hmac(salt, plain).getBytes(StandardCharsets.US_ASCII));
    }

    private static String hmac(String salt, String plain) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(salt), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
      }
    }
  }

  /**
   * A password.
   *
   * @param hash Argon2id in its usual text form
   */
  record Password(String hash) implements Proof {}

  /** Nothing is kept: the authority's signature proves the name. */
  record Certificate() implements Proof {}
}
