package dev.hologrid.gateway.incident.kpi;

/** What indicators are split by. */
public enum KpiGroup {
  ALL("''"),
  TOWN("town"),
  COMMUNITY("community"),
  GRID("grid"),
  DEPARTMENT("coalesce(department, '')"),
  CATEGORY("category"),
  /** Calendar days of the site. */
  DAY("''"),
  /** Calendar months of the site. */
  MONTH("''");

  private final String column;

  KpiGroup(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  boolean isTime() {
    return this == DAY || this == MONTH;
  }
}
