import { computed, signal } from "@preact/signals";
import type { Alert, Incident, Severity, Summary } from "../api/types.ts";
import { ancestors } from "./places.ts";
import { SEVERITIES } from "./severity.ts";

/**
 * What the district looks like now, as far as this browser knows: one map per kind of thing, keyed by id, and one
 * counter per map that views depend on. Changes are applied at once and announced once per animation frame.
 */
const alerts = new Map<string, Alert & { touched: number }>();
const incidents = new Map<string, Incident & { touched: number }>();
const deviceStates = new Map<string, string>();

const alertsVersion = signal(0);
const incidentsVersion = signal(0);
export const devicesVersion = signal(0);
export const summary = signal<Summary | null>(null);
/** Ingest rate of the last two minutes, for the sparkline. */
export const rates = signal<number[]>([]);
/** Newest critical alert, for the polite announcement. */
export const announced = signal<Alert | null>(null);

const RESOLVED_KEPT = 300;
const CLOSED_KEPT = 300;
let clock = 0;

const dirty = new Set<"alerts" | "incidents" | "devices">();
let scheduled = false;

function announce(kind: "alerts" | "incidents" | "devices"): void {
  dirty.add(kind);
  if (scheduled) return;
  scheduled = true;
  const visible = globalThis.document?.visibilityState === "visible";
  if (visible) requestAnimationFrame(flush);
  else setTimeout(flush, 200);
}

/** Tells the views what changed since the last frame. */
export function flush(): void {
  scheduled = false;
  if (dirty.delete("alerts")) alertsVersion.value++;
  if (dirty.delete("incidents")) incidentsVersion.value++;
  if (dirty.delete("devices")) devicesVersion.value++;
}

export function mark(): number {
  return ++clock;
}

export function putAlert(alert: Alert, live = true): void {
  const known = alerts.get(alert.id);
  if (known && known.state === "resolved" && alert.state === "firing") return;
  const incident = alert.incident ?? known?.incident ?? null;
  alerts.set(alert.id, { ...alert, incident, touched: ++clock });
  if (live && !known && alert.state === "firing" && alert.severity === "critical") announced.value = alert;
  if (alert.state === "resolved") trim(alerts, (a) => a.state === "resolved", RESOLVED_KEPT, (a) => a.endedAt ?? "");
  announce("alerts");
}

export function putIncident(incident: Incident): void {
  const known = incidents.get(incident.id);
  if (known && known.version > incident.version) return;
  incidents.set(incident.id, {
    ...incident,
    // The stream leaves these out; what the list said stays true only for the same version.
    actions: incident.actions ?? (known?.version === incident.version ? known.actions : undefined),
    touched: ++clock,
  });
  if (!isOpen(incident)) trim(incidents, (i) => !isOpen(i), CLOSED_KEPT, (i) => i.updatedAt);
  announce("incidents");
}

export function putDeviceState(id: string, state: string): void {
  deviceStates.set(id, state);
  announce("devices");
}

export function deviceState(id: string): string | undefined {
  return deviceStates.get(id);
}

/** Replaces the open alerts and incidents by what the server said at `since`; later live changes win. */
export function takeSnapshot(firing: Alert[], open: Incident[], since: number): void {
  const firingIds = new Set(firing.map((a) => a.id));
  const openIds = new Set(open.map((i) => i.id));
  for (const [id, a] of alerts) {
    if (a.touched <= since && a.state === "firing" && !firingIds.has(id)) alerts.delete(id);
  }
  for (const [id, i] of incidents) if (i.touched <= since && isOpen(i) && !openIds.has(id)) incidents.delete(id);
  for (const a of firing) if ((alerts.get(a.id)?.touched ?? 0) <= since) putAlert(a, false);
  for (const i of open) putIncident(i);
  announce("alerts");
  announce("incidents");
}

export function takeSummary(s: Summary): void {
  summary.value = s;
  rates.value = [...rates.value.slice(-119), s.ingestPerSecond];
}

function trim<T>(map: Map<string, T>, old: (t: T) => boolean, keep: number, when: (t: T) => string): void {
  const candidates = [...map].filter(([, v]) => old(v));
  if (candidates.length <= keep * 1.2) return;
  candidates.sort(([, a], [, b]) => when(a) < when(b) ? -1 : 1);
  for (const [id] of candidates.slice(0, candidates.length - keep)) map.delete(id);
}

/** For tests and for signing out. */
export function clear(): void {
  alerts.clear();
  incidents.clear();
  deviceStates.clear();
  summary.value = null;
  announce("alerts");
  announce("incidents");
}

const ENDED = new Set(["CLOSED", "REJECTED", "SELF_HANDLED"]);
export function isOpen(i: Incident): boolean {
  return !ENDED.has(i.state);
}

export function alertById(id: string): Alert | undefined {
  alertsVersion.value;
  return alerts.get(id);
}

export function incidentById(id: string): Incident | undefined {
  incidentsVersion.value;
  return incidents.get(id);
}

const rank = (s: Severity) => SEVERITIES.indexOf(s);

export const allAlerts = computed<Alert[]>(() => {
  alertsVersion.value;
  return [...alerts.values()].sort((a, b) =>
    (a.state === b.state ? 0 : a.state === "firing" ? -1 : 1) || rank(a.severity) - rank(b.severity) ||
    (a.startedAt < b.startedAt ? 1 : -1)
  );
});

export const firing = computed(() => allAlerts.value.filter((a) => a.state === "firing"));

export const allIncidents = computed<Incident[]>(() => {
  incidentsVersion.value;
  return [...incidents.values()].sort((a, b) =>
    a.priority.localeCompare(b.priority) || (a.due?.at ?? "9").localeCompare(b.due?.at ?? "9") ||
    (a.openedAt < b.openedAt ? 1 : -1)
  );
});

export const openIncidents = computed(() => allIncidents.value.filter(isOpen));

export interface Tally {
  worst: Severity;
  counts: Record<Severity, number>;
  total: number;
}

/** Firing alerts under every place of the tree. */
export const tallies = computed<Map<string, Tally>>(() => {
  const out = new Map<string, Tally>();
  for (const a of firing.value) {
    for (const code of ancestors(a.place, a.placePath)) {
      let t = out.get(code);
      if (!t) out.set(code, t = { worst: a.severity, counts: { critical: 0, major: 0, minor: 0, info: 0 }, total: 0 });
      t.counts[a.severity]++;
      t.total++;
      if (rank(a.severity) < rank(t.worst)) t.worst = a.severity;
    }
  }
  return out;
});

/** Open incidents under every place of the tree. */
export const incidentTallies = computed<Map<string, number>>(() => {
  const out = new Map<string, number>();
  for (const i of openIncidents.value) {
    for (const code of ancestors(i.place, i.placePath)) out.set(code, (out.get(code) ?? 0) + 1);
  }
  return out;
});
