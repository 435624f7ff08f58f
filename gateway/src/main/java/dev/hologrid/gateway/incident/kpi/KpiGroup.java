package dev.hologrid.gateway.incident.kpi;

import dev.hologrid.gateway.incident.CaseFacts;
import java.util.function.Function;

/** What indicators are split by. */
public enum KpiGroup {
  ALL("''", group -> ""),
  TOWN("g.town", CaseFacts.Group::town),
  COMMUNITY("g.community", CaseFacts.Group::community),
  GRID("g.grid", CaseFacts.Group::grid),
  DEPARTMENT("g.department", CaseFacts.Group::department),
  CATEGORY("g.category", CaseFacts.Group::category),
  /** Calendar days of the site. */
  DAY("''", group -> ""),
  /** Calendar months of the site. */
  MONTH("''", group -> "");

  private final String column;
  private final Function<CaseFacts.Group, String> name;

  KpiGroup(String column, Function<CaseFacts.Group, String> name) {
    this.column = column;
    this.name = name;
  }

  /** An expression over {@code kpi_groups g}. */
  String column() {
    return column;
  }

  String of(CaseFacts facts) {
    return name.apply(facts.group());
  }

  public boolean isTime() {
    return this == DAY || this == MONTH;
  }
}
