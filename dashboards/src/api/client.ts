import { signal } from "@preact/signals";
import type {
  Alert,
  Backtest,
  Device,
  Feature,
  Health,
  History,
  Hygiene,
  Incident,
  Kpis,
  OfficerKpis,
  Page,
  Patrol,
  PatrolKpis,
  PatrolPlan,
  Person,
  Place,
  Problem,
  Quarantined,
  Round,
  RoundWhole,
  Schedule,
  RuleList,
  Session,
  SignInWays,
  Silence,
  Summary,
} from "./types.ts";

/** The person in whose name this browser acts while the server is in mode "open". */
export const actor = signal<string | null>(globalThis.localStorage?.getItem("hologrid.actor") ?? null);
actor.subscribe((id) => {
  if (id) globalThis.localStorage?.setItem("hologrid.actor", id);
  else globalThis.localStorage?.removeItem("hologrid.actor");
});

/** Set when the server says that nobody is signed in. */
export const signedOut = signal(false);

/** The server's answer was not a success; carries its problem document. */
export class Refused extends Error {
  constructor(readonly status: number, readonly problem: Problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
  }
}

export function headers(changing: boolean): Record<string, string> {
  const h: Record<string, string> = { Accept: "application/json" };
  if (changing) {
    h["Content-Type"] = "application/json";
    h["X-HoloGrid"] = "1";
  }
  if (actor.value) h["X-HoloGrid-Actor"] = actor.value;
  return h;
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const changing = method !== "GET";
  const response = await fetch(path, {
    method,
    headers: headers(changing),
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
  if (response.status === 401 && !path.endsWith("/session")) signedOut.value = true;
  const text = await response.text();
  let parsed: unknown = null;
  try {
    parsed = text ? JSON.parse(text) : null;
  } catch {
    parsed = { detail: text.slice(0, 200) };
  }
  // /health answers 503 with its full body when a part has failed.
  if (!response.ok && !(path === "/health" && parsed)) throw new Refused(response.status, (parsed ?? {}) as Problem);
  return parsed as T;
}

function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const q = new URLSearchParams();
  for (const [k, v] of Object.entries(values)) if (v !== null && v !== undefined && v !== "") q.set(k, String(v));
  const s = q.toString();
  return s ? `?${s}` : "";
}

type Q = Record<string, string | number | boolean | null | undefined>;
const V1 = "/api/v1";

export const api = {
  session: () => call<Session>("GET", `${V1}/session`),
  signIn: (username: string, password: string) => call<void>("POST", `${V1}/session`, { username, password }),
  ways: () => call<SignInWays>("GET", `${V1}/sign-in`),
  /** Where the browser signs out at the OpenID provider, when one signed in there. */
  signOut: () => call<{ next: string } | null>("DELETE", `${V1}/session`),
  people: () => call<Page<Person>>("GET", `${V1}/people`),
  summary: () => call<Summary>("GET", `${V1}/summary`),
  alerts: (q: Q) => call<Page<Alert>>("GET", `${V1}/alerts${query(q)}`),
  alert: (id: string) => call<Alert>("GET", `${V1}/alerts/${id.split("/").map(encodeURIComponent).join("/")}`),
  incidents: (q: Q) => call<Page<Incident>>("GET", `${V1}/incidents${query(q)}`),
  incident: (id: string) => call<Incident>("GET", `${V1}/incidents/${encodeURIComponent(id)}`),
  report: (body: Record<string, unknown>) => call<Incident>("POST", `${V1}/incidents`, body),
  command: (id: string, body: Record<string, unknown>) =>
    call<Incident>("POST", `${V1}/incidents/${encodeURIComponent(id)}/commands`, body),
  bulk: (body: Record<string, unknown>) =>
    call<{ done: string[]; refused: { id: string; refusal: string; detail: string }[] }>(
      "POST",
      `${V1}/incidents/commands`,
      body,
    ),
  devices: (q: Q) => call<Page<Device>>("GET", `${V1}/devices${query(q)}`),
  device: (id: string) => call<Device>("GET", `${V1}/devices/${encodeURIComponent(id)}`),
  places: (q: Q) => call<Page<Place>>("GET", `${V1}/grids${query(q)}`),
  place: (code: string) => call<Place>("GET", `${V1}/grids/${encodeURIComponent(code)}`),
  outlines: (level: string) => call<{ features: Feature[] }>("GET", `${V1}/grids/geojson${query({ level })}`),
  readings: (q: Q) => call<History>("GET", `${V1}/readings${query(q)}`),
  quarantine: (q: Q) => call<Page<Quarantined>>("GET", `${V1}/quarantine${query(q)}`),
  hygiene: (q: Q) => call<Hygiene>("GET", `${V1}/hygiene${query(q)}`),
  rounds: (q: Q) => call<Page<Round>>("GET", `${V1}/patrol-rounds${query(q)}`),
  round: (id: string) => call<RoundWhole>("GET", `${V1}/patrol-rounds/${encodeURIComponent(id)}`),
  commandRound: (id: string, body: Record<string, unknown>) =>
    call<RoundWhole>("POST", `${V1}/patrol-rounds/${encodeURIComponent(id)}/commands`, body),
  schedules: (q: Q) => call<Page<Schedule>>("GET", `${V1}/patrol-schedules${query(q)}`),
  plans: (q: Q) => call<Page<PatrolPlan>>("GET", `${V1}/patrol-plans${query(q)}`),
  patrolKpis: (q: Q) => call<PatrolKpis>("GET", `${V1}/kpis/patrols${query(q)}`),
  patrols: (q: Q) => call<Page<Patrol>>("GET", `${V1}/patrols${query(q)}`),
  beginPatrol: (plan: string) => call<Patrol>("POST", `${V1}/patrols`, { plan }),
  checkIn: (id: string, body: Record<string, unknown>) =>
    call<Patrol>("POST", `${V1}/patrols/${encodeURIComponent(id)}/check-ins`, body),
  endPatrol: (id: string) => call<Patrol>("POST", `${V1}/patrols/${encodeURIComponent(id)}/end`, {}),
  kpis: (q: Q) => call<Kpis>("GET", `${V1}/kpis${query(q)}`),
  officerKpis: (q: Q) => call<OfficerKpis>("GET", `${V1}/kpis/officers${query(q)}`),
  rules: () => call<RuleList>("GET", `${V1}/rules`),
  backtest: (body: { rules: string; file?: string; from: string }) => call<Backtest>("POST", `${V1}/rules/backtest`, body),
  silences: () => call<Page<Silence>>("GET", `${V1}/silences`),
  addSilence: (body: Record<string, unknown>) => call<Silence>("POST", `${V1}/silences`, body),
  removeSilence: (id: string) => call<void>("DELETE", `${V1}/silences/${encodeURIComponent(id)}`),
  health: () => call<Health>("GET", "/health"),
};

/** Every page of a list, up to a bound: one person cannot look at more, and the server is not to be drained. */
export async function all<T>(list: (q: Q) => Promise<Page<T>>, q: Q, atMost = 5000): Promise<T[]> {
  const out: T[] = [];
  let cursor: string | null | undefined = undefined;
  do {
    const page: Page<T> = await list({ ...q, cursor, limit: 500 });
    out.push(...page.items);
    cursor = page.next;
  } while (cursor && out.length < atMost);
  return out;
}
