package dev.hologrid.gateway.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** {@code h_n = SHA-256(h_{n-1} || canonical event)}: no event can be changed without a trace. */
final class HashChain {
  /** Before the first event. */
  static final String START = "0".repeat(64);

  private HashChain() {}

  /** The hash of a stored row; every field is preceded by its length, so none can run over. */
  static String next(String previous, Row row) {
    MessageDigest digest = sha256();
    for (String each :
        new String[] {
          previous,
          Long.toString(row.seq()),
          row.incident(),
          Integer.toString(row.version()),
          Long.toString(row.at()),
          row.by(),
          row.name(),
          row.detail()
        }) {
      byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** An event as it is stored. */
  record Row(
      long seq, String incident, int version, long at, String by, String name, String detail) {}

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
