package dev.hologrid.gateway.incident;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What indicators count, each explained at its namesake in {@code Kpi}. */
public enum Figure {
  REPORTED,
  ACCEPTED,
  FILED,
  SELF_HANDLED,
  DISPATCHED,
  RETURNED,
  HANDLED,
  HANDLED_IN_TIME,
  REWORKED,
  DEFERRED,
  HANDLE_MILLIS,
  DUE_TO_HANDLE,
  DUE_HANDLED,
  DUE_TO_CLOSE,
  DUE_CLOSED,
  DUE_CLOSED_IN_TIME,
  CLOSED,
  CLOSED_IN_GRID,
  FALSE_ALARMS,
  SENSOR_CLOSED;

  /** Those that happen at one moment; the others depend on the end of the period, too. */
  public static final List<Figure> HAPPENING =
      Stream.of(values()).filter(each -> !each.name().startsWith("DUE_")).toList();

  /** Its column in {@code kpi_figures}. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
