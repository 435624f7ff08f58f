package dev.hologrid.rules.testing;

import dev.hologrid.rules.Device;
import dev.hologrid.rules.PlaceLevel;
import dev.hologrid.rules.language.Issues;
import dev.hologrid.rules.language.Section;
import dev.hologrid.rules.language.Spot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a test. A device stands at the deepest level that it names; levels above that
 * nobody names are called {@code district}, {@code town} and so on, so that devices of one building
 * are of one grid.
 */
final class DeviceBook {
  private static final Pattern RANGE = Pattern.compile("(.*)\\[(\\d{1,5})-(\\d{1,5})](.*)");
  private static final List<String> LEVELS =
      List.of(PlaceLevel.values()).stream().map(l -> l.name().toLowerCase(Locale.ROOT)).toList();

  private final Issues issues;
  private final Map<String, Device> devices = new LinkedHashMap<>();

  DeviceBook(Issues issues) {
    this.issues = issues;
  }

  List<Device> all() {
    return List.copyOf(devices.values());
  }

  @Nullable Device find(String id) {
    return devices.get(id);
  }

  /** {@code sm-[1-3]} is sm-1, sm-2, sm-3. */
  static List<String> ids(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return List.of(text);
    }
    List<String> all = new ArrayList<>();
    int last = Integer.parseInt(range.group(3));
    for (int i = Integer.parseInt(range.group(2)); i <= last; i++) {
      all.add(range.group(1) + i + range.group(4));
    }
    return all;
  }

  /** An item of {@code devices:}. */
  void declare(Section section) {
    Spot device = section.scalar("device");
    Spot kind = section.scalar("kind");
    Map<String, String> places = new LinkedHashMap<>();
    for (String level : LEVELS) {
      Spot code = section.scalar(level);
      if (code != null) {
        places.put(level, code.text());
      }
    }
    Map<String, String> labels = new LinkedHashMap<>();
    section.map("labels").forEach((key, spot) -> labels.put(key, spot.text()));
    if (device == null) {
      issues.add(section.here(), "which device? Give its id under 'device'", "");
    } else if (kind == null) {
      issues.add(device, "which kind is '" + device.text() + "'?", "for example kind: smoke");
    } else {
      for (String id : ids(device.text())) {
        if (devices.put(id, new Device(id, kind.text(), path(places), labels)) != null) {
          issues.add(device, "device '" + id + "' is given twice", "");
        }
      }
    }
  }

  /** A device as the labels of a series tell of it; what is known already stays. */
  void declare(Spot series, String id, Map<String, String> labels) {
    if (devices.containsKey(id)) {
      return;
    }
    Map<String, String> places = new LinkedHashMap<>();
    Map<String, String> rest = new LinkedHashMap<>(labels);
    LEVELS.stream().filter(rest::containsKey).forEach(l -> places.put(l, rest.remove(l)));
    rest.remove("device");
    String kind = rest.remove("kind");
    if (kind == null) {
      issues.add(
          series, "which kind is '" + id + "'?", "list it under devices, or add kind=\"smoke\"");
      kind = "unknown";
    }
    devices.put(id, new Device(id, kind, path(places), rest));
  }

  private static List<String> path(Map<String, String> places) {
    int depth = 0;
    for (int i = 0; i < LEVELS.size(); i++) {
      depth = places.containsKey(LEVELS.get(i)) ? i + 1 : depth;
    }
    List<String> path = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      path.add(places.getOrDefault(LEVELS.get(i), LEVELS.get(i)));
    }
    return path;
  }
}
