package dev.hologrid.simulator.officers;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What somebody would do next about an incident. */
record Step(String actor, String command, Map<String, String> fields) {
  private static final String[] RESOLUTIONS = {"REAL", "COOKING", "DUST", "TEST", "STEAM"};

  /**
   * The usual next step, or null when it is nobody's turn.
   *
   * @param chance the same number for the same incident, from 0 to 99
   */
  static @Nullable Step next(IncidentView incident, Staff staff, int chance) {
    String holder = incident.assignee();
    return switch (incident.state()) {
      case "REPORTED", "VERIFYING", "RETURNED" ->
          new Step(staff.dispatcher(), "file", Map.of("note", "情况属实,立案"));
      case "FILED" ->
          new Step(
              staff.dispatcher(),
              "dispatch",
              fields("assignee", staff.officerFor(incident.place()), "note", "请现场核实处置"));
      case "DISPATCHED" ->
          holder == null ? null : new Step(holder, "accept", Map.of("note", "收到,马上到"));
      case "HANDLING" ->
          holder == null ? null : new Step(holder, "feedback", Map.of("note", "现场已处置完毕"));
      case "FEEDBACK" -> new Step(staff.checker(holder), "check", Map.of("note", "现场核查"));
      case "CHECKING" ->
          new Step(
              staff.checker(holder),
              "close",
              fields(
                  "resolution",
                  incident.fromSensor() ? RESOLUTIONS[chance % RESOLUTIONS.length] : "DONE",
                  "note",
                  "核查通过,结案"));
      default -> null;
    };
  }

  private static Map<String, String> fields(String... pairs) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return fields;
  }
}
