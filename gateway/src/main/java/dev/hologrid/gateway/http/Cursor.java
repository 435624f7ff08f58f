package dev.hologrid.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The opaque form of a place in a list. */
final class Cursor {
  private Cursor() {}

  static String write(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  static String read(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refused.badRequest("cursor", "is not a cursor that we gave; ask without cursor first");
    }
  }
}
