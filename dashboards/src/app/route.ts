import { signal } from "@preact/signals";

export const PAGES = [
  "overview",
  "alerts",
  "incidents",
  "patrols",
  "devices",
  "indicators",
  "rules",
  "quarantine",
  "hygiene",
  "health",
] as const;
export type PageName = typeof PAGES[number];

export interface Route {
  page: PageName;
  /** What the drawer shows. */
  alert: string | null;
  incident: string | null;
  device: string | null;
  /** The place that plan and lists are narrowed to. */
  place: string | null;
}

export function parse(hash: string): Route {
  const [path, query] = hash.replace(/^#\/?/, "").split("?");
  const q = new URLSearchParams(query ?? "");
  const page = PAGES.includes(path as PageName) ? path as PageName : "overview";
  return { page, alert: q.get("alert"), incident: q.get("incident"), device: q.get("device"), place: q.get("place") };
}

export function href(route: Partial<Route>): string {
  const q = new URLSearchParams();
  for (const key of ["alert", "incident", "device", "place"] as const) if (route[key]) q.set(key, route[key]!);
  const s = q.toString();
  return `#/${route.page ?? "overview"}${s ? `?${s}` : ""}`;
}

export const route = signal<Route>(parse(globalThis.location?.hash ?? ""));
globalThis.addEventListener?.("hashchange", () => route.value = parse(location.hash));

export function go(change: Partial<Route>): void {
  location.hash = href({ ...route.value, ...change });
}

/** A link that keeps page and place and opens one thing in the drawer. */
export function opening(what: { alert?: string; incident?: string; device?: string }): string {
  const { page, place } = route.value;
  return href({ page, place, ...what });
}
