package dev.hologrid.gateway.source.endpoint;

/** MQTT topic filters; MQTT 5.0 section 4.7. */
public final class TopicFilter {
  private static final int MOST_BYTES = 256;
  private static final int MOST_LEVELS = 16;

  private TopicFilter() {}

  /** Whether it is a filter, and no longer and deeper than we take. */
  public static boolean valid(String filter) {
    if (filter.isEmpty() || filter.length() > MOST_BYTES || filter.indexOf('\0') >= 0) {
      return false;
    }
    String[] levels = filter.split("/", -1);
    if (levels.length > MOST_LEVELS) {
      return false;
    }
    for (int i = 0; i < levels.length; i++) {
      String level = levels[i];
      boolean wild = level.indexOf('+') >= 0 || level.indexOf('#') >= 0;
      if (wild && level.length() > 1 || level.equals("#") && i < levels.length - 1) {
        return false;
      }
    }
    return true;
  }

  /** Whether the topic fits the filter. Allocates nothing. */
  public static boolean matches(String filter, String topic) {
    int f = 0;
    int t = 0;
    while (true) {
      if (filter.startsWith("#", f)) {
        return true;
      }
      int fEnd = end(filter, f);
      int tEnd = end(topic, t);
      boolean any = filter.startsWith("+", f);
      if (!any && (fEnd - f != tEnd - t || !filter.regionMatches(f, topic, t, tEnd - t))) {
        return false;
      }
      boolean filterEnds = fEnd == filter.length();
      boolean topicEnds = tEnd == topic.length();
      if (filterEnds || topicEnds) {
        // "a/#" also stands for "a" itself
        return filterEnds && topicEnds || topicEnds && filter.startsWith("/#", fEnd);
      }
      f = fEnd + 1;
      t = tEnd + 1;
    }
  }

  private static int end(String text, int from) {
    int at = text.indexOf('/', from);
    return at < 0 ? text.length() : at;
  }
}
