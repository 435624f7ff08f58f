package dev.hologrid.gateway.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A topic with {@code +}, {@code #} and named levels such as {@code {device}}. Immutable. */
record TopicPattern(List<String> levels) {
  static TopicPattern of(String text) {
    return new TopicPattern(List.of(text.split("/", -1)));
  }

  /** The named levels of a topic that fits, or null. */
  @Nullable Map<String, String> match(String topic) {
    String first = levels.getFirst();
    if (literal(first) && !topic.startsWith(first)) {
      return null; // most topics, without looking at their levels
    }
    String[] given = topic.split("/", -1);
    boolean open = levels.getLast().equals("#");
    if (open ? given.length < levels.size() - 1 : given.length != levels.size()) {
      return null;
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < levels.size() && !levels.get(i).equals("#"); i++) {
      String level = levels.get(i);
      if (level.startsWith("{") && level.endsWith("}")) {
        names.put(level.substring(1, level.length() - 1), given[i]);
      } else if (!level.equals("+") && !level.equals(given[i])) {
        return null;
      }
    }
    return names;
  }

  private static boolean literal(String level) {
    return !level.startsWith("{") && !level.equals("+") && !level.equals("#");
  }

  /** The same as an MQTT topic filter. */
  String filter() {
    return String.join(
        "/", levels.stream().map(each -> each.startsWith("{") ? "+" : each).toList());
  }

  /** A topic that fits, for trying a profile without one. */
  String example() {
    return String.join("/", levels.stream().map(TopicPattern::exampleLevel).toList());
  }

  private static String exampleLevel(String level) {
    return level.startsWith("{") || level.equals("+") || level.equals("#") ? "example" : level;
  }
}
