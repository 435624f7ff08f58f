package dev.hologrid.gateway.source.endpoint;

/** Text of a stranger as it may stand in a log line. */
final class Shown {
  private static final int MOST = 100;

  private Shown() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MOST); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7F ? c : '?');
    }
    return text.length() > MOST ? out.append('…').toString() : out.toString();
  }
}
