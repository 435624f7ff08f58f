package dev.hologrid.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML document as dotted keys with their lines: {@code mqtt.port} at line 3; lists by index. */
record FlatYaml(Map<String, YamlValue> values, List<String> problems) {

  static FlatYaml parse(String yaml) {
    Map<String, YamlValue> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    try (YAMLParser parser = new YAMLFactory().createParser(yaml)) {
      read(parser, values, problems);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      problems.add("line " + line + ": not YAML: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new IllegalStateException("reading text failed", e);
    }
    return new FlatYaml(values, problems);
  }

  private static void read(YAMLParser parser, Map<String, YamlValue> values, List<String> problems)
      throws IOException {
    Deque<String> path = new ArrayDeque<>();
    Deque<int[]> lists = new ArrayDeque<>();
    String key = "";
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      switch (token) {
        case FIELD_NAME -> key = parser.currentName();
        case START_OBJECT, START_ARRAY -> {
          path.addLast(inList(lists) ? String.valueOf(lists.peekLast()[0]++) : key);
          lists.addLast(new int[] {token == JsonToken.START_ARRAY ? 0 : -1});
        }
        case END_OBJECT, END_ARRAY -> {
          path.removeLast();
          lists.removeLast();
        }
        default -> {
          String name = inList(lists) ? String.valueOf(lists.peekLast()[0]++) : key;
          String full = join(path, name);
          int line = parser.currentTokenLocation().getLineNr();
          if (token != JsonToken.VALUE_NULL
              && values.put(full, new YamlValue(parser.getText(), line)) != null) {
            problems.add("line " + line + ": " + full + " is set twice");
          }
        }
      }
    }
  }

  private static boolean inList(Deque<int[]> lists) {
    return !lists.isEmpty() && lists.peekLast()[0] >= 0;
  }

  private static String join(Deque<String> path, String name) {
    StringBuilder full = new StringBuilder();
    boolean root = true;
    for (String each : path) {
      if (!root) {
        full.append(each).append('.');
      }
      root = false;
    }
    return full.append(name).toString();
  }
}
