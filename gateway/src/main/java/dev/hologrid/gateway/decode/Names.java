package dev.hologrid.gateway.decode;

/** The forms of kinds and device ids; see docs/wire-format. */
public final class Names {
  private static final int MAX_KIND = 32;
  private static final int MAX_DEVICE = 64;

  private Names() {}

  static void check(String kind, String device) throws RejectedPayload {
    if (!validKind(kind)) {
      throw new RejectedPayload(
          Reason.BAD_NAME,
          "the kind in the topic is 1 to 32 of a-z, 0-9, _ and -, and begins with a letter, but was '"
              + Excerpt.of(kind)
              + "'");
    }
    if (!validDevice(device)) {
      throw new RejectedPayload(
          Reason.BAD_NAME,
          "the device id in the topic is 1 to 64 of A-Z, a-z, 0-9, '.', '_', ':' and '-', but was '"
              + Excerpt.of(device)
              + "'");
    }
  }

  /** Whether this can be a kind. */
  public static boolean validKind(String kind) {
    int length = kind.length();
    if (length == 0 || length > MAX_KIND) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = kind.charAt(i);
      boolean fine =
          c >= 'a' && c <= 'z' || i > 0 && (c >= '0' && c <= '9' || c == '_' || c == '-');
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  /** Whether this can be a device id. */
  public static boolean validDevice(String device) {
    int length = device.length();
    if (length == 0 || length > MAX_DEVICE) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!allowed(device.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allowed(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '.'
        || c == '_'
        || c == ':'
        || c == '-';
  }

  /** A device id for a name that people gave: itself when it fits, else made fit and unique. */
  static String deviceFor(String name) {
    if (validDevice(name)) {
      return name;
    }
    StringBuilder fit = new StringBuilder();
    for (int i = 0; i < name.length() && fit.length() < 48; i++) {
      fit.append(allowed(name.charAt(i)) ? name.charAt(i) : '-');
    }
    return fit.append('-').append(Integer.toHexString(name.hashCode())).toString();
  }

  /**
   * A metric's name for a name that people gave: in lower case, each run of other characters one
   * underscore; {@code Inputs/Smoke Level} becomes {@code inputs_smoke_level}.
   */
  static String metricFor(String name) {
    StringBuilder fit = new StringBuilder();
    for (int i = 0; i < name.length() && fit.length() < MAX_DEVICE; i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        fit.append((char) (c + 32));
      } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        if (fit.isEmpty() && c <= '9') {
          fit.append('_');
        }
        fit.append(c);
      } else if (fit.isEmpty() || fit.charAt(fit.length() - 1) != '_') {
        fit.append('_');
      }
    }
    return fit.isEmpty() ? "_" : fit.toString();
  }
}
