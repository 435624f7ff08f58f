package dev.hologrid.rules.language;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * A YAML mapping that knows where it stands, which keys were asked for, and who hears of faults.
 */
public final class Section {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d{1,3})?");

  private final String file;
  private final List<String> lines;
  private final Node node;
  private final Issues issues;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Spot> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  /** The mapping at the root of a file, or null with an issue when the file is no YAML. */
  public static @Nullable Section parse(RuleFile file, Issues issues) {
    List<String> lines = file.text().lines().toList();
    try {
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(50);
      Node node = new Yaml(options).compose(new StringReader(file.text()));
      if (node == null) {
        return null;
      }
      Aliases.refuseCircles(node);
      Section root = new Section(file.name(), lines, node, issues);
      root.refuseTags(node);
      return root;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
      int column = e.getProblemMark() == null ? 0 : e.getProblemMark().getColumn();
      if (line >= lines.size() && !lines.isEmpty()) {
        line = lines.size() - 1; // where it ends is where it should go on
        column = lines.getLast().length();
      }
      issues.add(
          new Spot(file.name(), lines, line, column, "", false), "not YAML: " + e.getProblem(), "");
      return null;
    } catch (ReaderException e) {
      Spot start = new Spot(file.name(), lines, 0, 0, file.text(), false);
      issues.add(start.within(e.getPosition()), "not YAML: a character that it does not take", "");
      return null;
    } catch (YAMLException e) { // too large or too deep; where is not told
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      issues.add(new Spot(file.name(), lines, 0, 0, "", false), "not YAML: " + problem, "");
      return null;
    }
  }

  /** {@code expr: !smoke} is smoke with a tag to YAML, and would load as its opposite. */
  private void refuseTags(Node at) {
    if (!at.getTag().getValue().startsWith(Tag.PREFIX)) {
      issues.add(
          spot(at), "to YAML '" + at.getTag().getValue() + "' is a tag", "put it all in quotes");
    }
    switch (at) {
      case SequenceNode list -> list.getValue().forEach(this::refuseTags);
      case MappingNode mapping ->
          mapping
              .getValue()
              .forEach(
                  tuple -> {
                    refuseTags(tuple.getKeyNode());
                    refuseTags(tuple.getValueNode());
                  });
      default -> {}
    }
  }

  private Section(String file, List<String> lines, Node node, Issues issues) {
    this.file = file;
    this.lines = lines;
    this.node = node;
    this.issues = issues;
    if (!(node instanceof MappingNode mapping)) {
      issues.add(spot(node), "expected keys and values here", "");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Spot key = spot(tuple.getKeyNode());
      if (values.putIfAbsent(key.text(), tuple.getValueNode()) != null) {
        issues.add(key, "'" + key.text() + "' is given twice", "");
      }
      keys.putIfAbsent(key.text(), key);
    }
  }

  public Spot here() {
    return spot(node);
  }

  /** Is it keys and values at all? */
  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  public Set<String> keys() {
    return keys.keySet();
  }

  public Spot key(String key) {
    return keys.getOrDefault(key, here());
  }

  /** The scalar under a key; null when missing, with an issue when it is no scalar. */
  public @Nullable Spot scalar(String key) {
    asked.add(key);
    Node value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof ScalarNode) {
      return spot(value);
    }
    issues.add(spot(value), "'" + key + "' takes a single value", "");
    return null;
  }

  public String text(String key, String or) {
    Spot spot = scalar(key);
    return spot == null ? or : spot.text();
  }

  /** Milliseconds; {@code or} when missing or wrong. */
  public long duration(String key, long or) {
    Spot spot = scalar(key);
    if (spot == null) {
      return or;
    }
    OptionalLong millis = Durations.parse(spot.text());
    if (millis.isEmpty()) {
      issues.add(
          spot, "'" + key + "' takes a duration", "write it as 500ms, 60s, 15m, 1h30m or 7d");
    }
    return millis.orElse(or);
  }

  public double number(String key, double or) {
    Spot spot = scalar(key);
    if (spot == null) {
      return or;
    }
    OptionalDouble number = decimal(spot.text());
    if (number.isEmpty()) {
      issues.add(spot, "'" + key + "' takes a number", "");
    }
    return number.orElse(or);
  }

  /** As people write numbers: neither NaN nor the suffixes of a programming language. */
  static OptionalDouble decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** A duration that is longer than nothing. */
  long span(String key, long or) {
    int before = issues.count();
    long millis = duration(key, or);
    if (millis == 0 && has(key) && issues.count() == before) {
      issues.add(
          spot(values.getOrDefault(key, node)), "'" + key + "' takes a duration above 0s", "");
    }
    return millis;
  }

  public int whole(String key, int or) {
    Spot spot = scalar(key);
    if (spot == null) {
      return or;
    }
    try {
      return Integer.parseInt(spot.text());
    } catch (NumberFormatException e) {
      issues.add(spot, "'" + key + "' takes a whole number", "");
      return or;
    }
  }

  /** A scalar as a list of one, a list as it is. */
  public List<Spot> texts(String key) {
    asked.add(key);
    Node value = values.get(key);
    List<Spot> all = new ArrayList<>();
    if (value instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        all.add(spot(item));
      }
    } else if (value instanceof ScalarNode) {
      all.add(spot(value));
    } else if (value != null) {
      issues.add(spot(value), "'" + key + "' takes a word or a list of words", "");
    }
    return all;
  }

  /** The mapping under a key as texts; nested values are issues. */
  public Map<String, Spot> map(String key) {
    asked.add(key);
    Map<String, Spot> all = new LinkedHashMap<>();
    Node value = values.get(key);
    if (value == null) {
      return all;
    }
    Section inner = new Section(file, lines, value, issues);
    for (String name : inner.keys()) {
      Spot text = inner.scalar(name);
      if (text != null) {
        all.put(name, text);
      }
    }
    return all;
  }

  public boolean isMap(String key) {
    return values.get(key) instanceof MappingNode;
  }

  public Section section(String key) {
    asked.add(key);
    Node value = values.get(key);
    return new Section(file, lines, value == null ? node : value, issues);
  }

  public List<Section> sections(String key) {
    asked.add(key);
    List<Section> all = new ArrayList<>();
    Node value = values.get(key);
    if (value instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        all.add(new Section(file, lines, item, issues));
      }
    } else if (value != null) {
      issues.add(spot(value), "'" + key + "' takes a list", "");
    }
    return all;
  }

  /**
   * The list under a key, where a plain item stands for a mapping of {@code shorthand} to it:
   * {@code - smoke} for {@code - { when: smoke }}.
   */
  List<Section> sections(String key, String shorthand) {
    asked.add(key);
    if (!(values.get(key) instanceof SequenceNode list)) {
      return sections(key);
    }
    List<Section> all = new ArrayList<>();
    for (Node item : list.getValue()) {
      Node node = item;
      if (item instanceof ScalarNode) {
        Node name =
            new ScalarNode(
                Tag.STR, shorthand, item.getStartMark(), item.getEndMark(), ScalarStyle.PLAIN);
        node =
            new MappingNode(
                Tag.MAP,
                true,
                List.of(new NodeTuple(name, item)),
                item.getStartMark(),
                item.getEndMark(),
                DumperOptions.FlowStyle.FLOW);
      }
      all.add(new Section(file, lines, node, issues));
    }
    return all;
  }

  /** Is the value a list of mappings? */
  boolean listsMappings(String key) {
    return values.get(key) instanceof SequenceNode list
        && !list.getValue().isEmpty()
        && list.getValue().getFirst() instanceof MappingNode;
  }

  /** Is the value a list? */
  public boolean isList(String key) {
    return values.get(key) instanceof SequenceNode;
  }

  /** The lines of the file that this mapping takes, from 1: first and last. */
  int[] lines() {
    int first = node.getStartMark().getLine();
    int last = node.getEndMark().getLine();
    if (node.getEndMark().getColumn() == 0 || last >= lines.size()) {
      last--;
    }
    while (last > first && (lines.get(last).isBlank() || lines.get(last).strip().startsWith("#"))) {
      last--;
    }
    return new int[] {first + 1, Math.max(first, last) + 1};
  }

  /** Where it stands and what it says, as written. */
  Rule.Source written() {
    int[] at = lines();
    List<String> own = lines.subList(at[0] - 1, Math.min(lines.size(), at[1]));
    return new Rule.Source(file, at[0], String.join("\n", own), note(at[0] - 1));
  }

  private String note(int line) {
    StringBuilder note = new StringBuilder();
    for (int i = line - 1; i >= 0 && lines.get(i).strip().startsWith("#"); i--) {
      String words = lines.get(i).strip().substring(1).strip();
      note.insert(0, note.isEmpty() ? words : words + " ");
    }
    return note.toString();
  }

  /** Reports every key that nobody asked for. */
  public void refuseOtherKeys() {
    for (Map.Entry<String, Spot> entry : keys.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        issues.add(
            entry.getValue(),
            "'" + entry.getKey() + "' is not a key that belongs here",
            Nearest.hint(entry.getKey(), asked));
      }
    }
  }

  /** What this mapping says, without layout and comments: the version hash is taken of it. */
  String source() {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  private static void write(Node node, StringBuilder into) {
    switch (node) {
      case ScalarNode scalar -> into.append(scalar.getValue()).append('\n');
      case SequenceNode list -> {
        into.append("[\n");
        list.getValue().forEach(item -> write(item, into));
        into.append("]\n");
      }
      case MappingNode mapping -> {
        into.append("{\n");
        for (NodeTuple tuple : mapping.getValue()) {
          write(tuple.getKeyNode(), into);
          write(tuple.getValueNode(), into);
        }
        into.append("}\n");
      }
      default -> {}
    }
  }

  private Spot spot(Node at) {
    Mark mark = at.getStartMark();
    int line = mark.getLine();
    int column = mark.getColumn();
    String text = at instanceof ScalarNode scalar ? scalar.getValue() : "";
    ScalarStyle style = at instanceof ScalarNode scalar ? scalar.getScalarStyle() : null;
    if (style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED) {
      return new Spot(file, lines, line, column + 1, text, false);
    }
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      String first = line + 1 < lines.size() ? lines.get(line + 1) : "";
      int indent = first.length() - first.stripLeading().length();
      return new Spot(file, lines, line + 1, indent, text, true);
    }
    return new Spot(file, lines, line, column, text, false);
  }
}
