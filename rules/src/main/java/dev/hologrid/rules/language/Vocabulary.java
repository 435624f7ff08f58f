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
              Map.entry("online", BOOLEAN),
              Map.entry("fire", BOOLEAN),
              Map.entry("shielded", BOOLEAN),
              Map.entry("supervisory", BOOLEAN),
              Map.entry("started", BOOLEAN),
              Map.entry("feedback", BOOLEAN),
              Map.entry("delayed", BOOLEAN),
              Map.entry("mains", BOOLEAN),
              Map.entry("mains_fault", BOOLEAN),
              Map.entry("backup_fault", BOOLEAN),
              Map.entry("power_fault", BOOLEAN),
              Map.entry("bus_fault", BOOLEAN),
              Map.entry("link_fault", BOOLEAN),
              Map.entry("line_fault", BOOLEAN),
              Map.entry("manual", BOOLEAN),
              Map.entry("configuration_changed", BOOLEAN),
              Map.entry("reset", BOOLEAN),
              Map.entry("duty_answered", BOOLEAN),
              Map.entry("op_reset", BOOLEAN),
              Map.entry("op_mute", BOOLEAN),
              Map.entry("op_manual_alarm", BOOLEAN),
              Map.entry("op_alarm_cleared", BOOLEAN),
              Map.entry("op_self_test", BOOLEAN),
              Map.entry("op_test", BOOLEAN),
              Map.entry("op_confirm", BOOLEAN),
              Map.entry("muted", BOOLEAN),
              Map.entry("false_positive", BOOLEAN),
              Map.entry("active", BOOLEAN),
              Map.entry("system_type", NUMBER),
              Map.entry("component_type", NUMBER),
              Map.entry("operator", NUMBER),
              Map.entry("clock_drift", NUMBER),
              Map.entry("gas_lel", NUMBER),
              Map.entry("pressure_kpa", NUMBER),
              Map.entry("voltage", NUMBER),
              Map.entry("flow", NUMBER),
              Map.entry("snr", NUMBER),
              Map.entry("smoke_level", NUMBER),
              Map.entry("interconnect", BOOLEAN),
              Map.entry("margin", NUMBER),
              Map.entry("illuminance", NUMBER),
              Map.entry("description", TEXT),
              Map.entry("version", TEXT),
              Map.entry("review_severity", TEXT),
              Map.entry("type", TEXT)));

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
