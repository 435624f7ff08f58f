import type { Alert, Severity } from "../api/types.ts";
import { buildingOf, pathText, placeName, shortName } from "../live/places.ts";
import { SEVERITIES } from "../live/severity.ts";

export interface Group {
  code: string;
  name: string;
  /** Town, community and grid, to tell two "Building 3" apart. */
  where: string;
  worst: Severity;
  alerts: Alert[];
}

/** One group per building; the order of the alerts decides the order of the groups (worst and newest first). */
export function groupByBuilding(alerts: Alert[]): Group[] {
  const groups = new Map<string, Group>();
  for (const a of alerts) {
    const building = buildingOf(a.place, a.placePath);
    const code = building?.code ?? a.subject;
    let g = groups.get(code);
    if (!g) {
      const path = a.placePath ?? [];
      const at = path.findIndex((p) => p.code === code);
      const outer = at > 0 ? placeName(path[at - 1]) : undefined;
      const name = building ? shortName(placeName(building), outer) : a.subject;
      groups.set(code, g = { code, name, where: pathText(path.slice(0, at), 3), worst: a.severity, alerts: [] });
    }
    g.alerts.push(a);
    if (SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(g.worst)) g.worst = a.severity;
  }
  return [...groups.values()];
}

/** Every word of the search must occur somewhere in what the operator can see of the alert. */
export function matches(a: Alert, search: string, category: string): boolean {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  const hay = [category, a.category, a.rule, a.subject, a.summary, a.place ?? "", ...(a.placePath ?? []).map((p) => p.name)]
    .join(" ").toLowerCase();
  return words.every((w) => hay.includes(w));
}
