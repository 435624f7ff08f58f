package dev.hologrid.gateway.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client knows of an incident when it asks for a change, as headers or in the body. */
final class Preconditions {
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})(?:-[0-9a-f]*)?\"");
  private static final int LONGEST = 200;

  private Preconditions() {}

  /** The tag of an incident: its version, then what tells its pictures apart. */
  static String tag(int version, byte[] body) {
    String weak = Tags.of(body);
    return "\"" + version + "-" + weak.substring(3);
  }

  /** The version in {@code If-Match}, or null when there is none or it is {@code *}. */
  static @Nullable Integer version(Call call) {
    String header = call.header("If-Match");
    if (header == null || header.strip().equals("*")) {
      return null;
    }
    Matcher tag = TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw Refused.badRequest(
          "If-Match", "must be the ETag of an incident, such as \"3-0a1b\", but was another");
    }
    return Integer.valueOf(tag.group(1));
  }

  /** The idempotency key: the header {@code Idempotency-Key}, or the field {@code key}. */
  static @Nullable String key(Call call, Body body) {
    String header = call.header("Idempotency-Key");
    String key = header == null ? body.textOrNull("key") : header.strip();
    if (key != null && (key.isEmpty() || key.length() > LONGEST)) {
      throw Refused.badRequest("key", "must be 1 to " + LONGEST + " characters");
    }
    return key;
  }
}
