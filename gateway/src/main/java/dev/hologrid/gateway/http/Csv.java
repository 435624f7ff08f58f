package dev.hologrid.gateway.http;

import dev.hologrid.gateway.incident.Incident;
import dev.hologrid.gateway.incident.Outcome;
import java.time.Instant;

/** Rows for spreadsheets; what a spreadsheet would take for a formula is made plain text. */
final class Csv {
  static final String HEAD =
      "number,title,category,priority,state,level,origin,place,opened,updated,closed,assignee,"
          + "resolution,deaths,injured,loss_yuan,grade\r\n";

  private Csv() {}

  static void row(StringBuilder out, Incident incident) {
    Instant closed = incident.times().closed();
    Outcome outcome = incident.ends().outcome();
    String assignee = incident.hands().assignee();
    String[] cells = {
      incident.number(),
      incident.report().title(),
      incident.report().category(),
      incident.priority().name(),
      incident.state().name(),
      incident.level().name(),
      incident.report().origin().name(),
      incident.spot().place(),
      Json.time(incident.times().opened()),
      Json.time(incident.times().updated()),
      closed == null ? "" : Json.time(closed),
      assignee == null ? "" : assignee,
      outcome == null ? "" : outcome.resolution().name(),
      outcome == null ? "" : String.valueOf(outcome.deaths()),
      outcome == null ? "" : String.valueOf(outcome.injured()),
      outcome == null ? "" : String.valueOf(outcome.lossYuan()),
      outcome == null ? "" : outcome.grade()
    };
    String between = "";
    for (String each : cells) {
      out.append(between).append(cell(each));
      between = ",";
    }
    out.append("\r\n");
  }

  static String cell(String text) {
    String plain = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean quoted = plain.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}
