package dev.hologrid.gateway.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** {@code h_n = SHA-256(h_{n-1} || entry)}: no entry can be changed or left out without a trace. */
public final class HashChain {
  /** Before the first entry. */
  public static final String START = "0".repeat(64);

  private HashChain() {}

  /** The hash of an entry; every field is preceded by its length, so none can run over. */
  public static String next(String previous, String... fields) {
    MessageDigest digest = sha256();
    add(digest, previous);
    for (String each : fields) {
      add(digest, each);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
