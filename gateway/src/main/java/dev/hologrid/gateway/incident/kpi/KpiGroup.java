package dev.hologrid.gateway.incident.kpi;

/** What indicators are split by. */
public enum KpiGroup {
  ALL("''"),
  TOWN("town"),
  GRID("grid"),
  DEPARTMENT("coalesce(department, '')"),
  CATEGORY("category");

  private final String column;

  KpiGroup(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
