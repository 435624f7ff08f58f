package dev.hologrid.gateway.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Entity tags: weak ones, because a proxy or we may compress. */
final class Tags {
  private Tags() {}

  static String of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static boolean match(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    if (ifNoneMatch.strip().equals("*")) {
      return true;
    }
    for (String each : ifNoneMatch.split(",", -1)) {
      if (plain(each.strip()).equals(plain(tag))) {
        return true;
      }
    }
    return false;
  }

  private static String plain(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
