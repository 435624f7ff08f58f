package dev.hologrid.rules.language;

import static dev.hologrid.rules.Shape.Type.BOOLEAN;
import static dev.hologrid.rules.Shape.Type.NUMBER;
import static dev.hologrid.rules.Shape.Type.TEXT;

import dev.hologrid.rules.Shape;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metrics that conditions may name, with their types. A rule file adds to it under {@code
 * metrics:}; a name in neither is an issue, so that a misspelt metric is found before it fails to
 * fire.
 *
 * @param metrics type by name
 */
public record Vocabulary(Map<String, Shape.Type> metrics) {
  /** What {@code docs/wire-format} names, and what the built-in decoders produce beside it. */
  public static final Vocabulary BUILT_IN =
      new Vocabulary(
          Map.ofEntries(
              Map.entry("obscuration", NUMBER),
              Map.entry("temperature", NUMBER),
              Map.entry("humidity", NUMBER),
              Map.entry("pressure", NUMBER),
              Map.entry("gas", NUMBER),
              Map.entry("current", NUMBER),
              Map.entry("water", NUMBER),
              Map.entry("smoke", BOOLEAN),
              Map.entry("test", BOOLEAN),
              Map.entry("tamper", BOOLEAN),
              Map.entry("fault", BOOLEAN),
              Map.entry("battery", NUMBER),
              Map.entry("battery_low", BOOLEAN),
              Map.entry("rssi", NUMBER),
              Map.entry("linkquality", NUMBER),
              Map.entry("event", TEXT),
              Map.entry("confidence", NUMBER),
              Map.entry("door", TEXT),
              Map.entry("credential", TEXT),
              Map.entry("state", TEXT),
              Map.entry("zone", TEXT),
              Map.entry("contact", BOOLEAN),
              Map.entry("occupancy", BOOLEAN),
              Map.entry("online", BOOLEAN)));

  public Vocabulary {
    metrics = Map.copyOf(metrics);
  }

  /** This one with more names; the later meaning of a name wins. */
  public Vocabulary with(Map<String, Shape.Type> more) {
    TreeMap<String, Shape.Type> all = new TreeMap<>(metrics);
    all.putAll(more);
    return new Vocabulary(all);
  }
}
