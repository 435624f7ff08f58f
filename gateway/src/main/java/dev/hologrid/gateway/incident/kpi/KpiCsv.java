package dev.hologrid.gateway.incident.kpi;

import java.util.Locale;
import java.util.Map;

/**
 * A report as CSV: one row per group and period; cells that a spreadsheet would run are defused.
 */
public final class KpiCsv {
  private static final String HEADER =
      "group,period,reported,accepted,filed,filing_rate,self_handled,dispatched,return_rate,handled,"
          + "in_time_handling_rate,rework_rate,deferral_rate,due_to_handle,handling_rate,"
          + "average_handle_minutes,due_to_close,closing_rate,in_time_closing_rate,closed,"
          + "in_grid_closure_rate,false_alarm_rate\r\n";

  private KpiCsv() {}

  public static String of(Compared<KpiGroup, Kpi> report) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (String each : report.groups()) {
      row(csv, each, "now", report.now());
      row(csv, each, "previous", report.previous());
      row(csv, each, "last_year", report.lastYear());
    }
    return csv.toString();
  }

  private static void row(StringBuilder csv, String group, String period, Map<String, Kpi> kpis) {
    Kpi k = kpis.get(group);
    if (k == null) {
      return;
    }
    csv.append(cell(group)).append(',').append(period);
    counts(csv, k.reported(), k.accepted(), k.filed());
    rate(csv, k.filingRate());
    counts(csv, k.selfHandled(), k.dispatched());
    rate(csv, k.returnRate());
    counts(csv, k.handled());
    rate(csv, k.inTimeHandlingRate());
    rate(csv, k.reworkRate());
    rate(csv, k.deferralRate());
    counts(csv, k.dueToHandle());
    rate(csv, k.handlingRate());
    rate(csv, k.averageHandleMinutes());
    counts(csv, k.dueToClose());
    rate(csv, k.closingRate());
    rate(csv, k.inTimeClosingRate());
    counts(csv, k.closed());
    rate(csv, k.inGridClosureRate());
    rate(csv, k.falseAlarmRate());
    csv.append("\r\n");
  }

  private static void counts(StringBuilder csv, long... counts) {
    for (long each : counts) {
      csv.append(',').append(each);
    }
  }

  private static void rate(StringBuilder csv, double rate) {
    csv.append(',');
    if (!Double.isNaN(rate)) {
      csv.append(String.format(Locale.ROOT, "%.4f", rate));
    }
  }

  /** Quotes a text cell; one that begins like a formula gets an apostrophe first. */
  static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
