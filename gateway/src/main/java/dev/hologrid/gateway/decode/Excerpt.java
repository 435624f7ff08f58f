package dev.hologrid.gateway.decode;

/** Hostile text made fit for a message: short, one line, no control characters. */
final class Excerpt {
  private static final int LONGEST = 60;

  private Excerpt() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            c ->
                out.appendCodePoint(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? '\uFFFD'
                        : c));
    if (text.length() > LONGEST) {
      out.append('…');
    }
    return out.toString();
  }
}
