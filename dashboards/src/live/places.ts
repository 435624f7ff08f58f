import type { PlaceStep } from "../api/types.ts";
import { locale } from "../i18n/index.ts";

/** A place and everything it lies in, outermost first. Without a path the code itself tells (it is built level by level). */
export function ancestors(place: string | null, path: PlaceStep[] | undefined): string[] {
  if (path?.length) return path.map((p) => p.code);
  if (!place) return [];
  const out: string[] = [];
  for (const length of [6, 9, 12, 15]) if (place.length > length) out.push(place.slice(0, length));
  const floor = place.indexOf("-F");
  if (floor > 0) out.push(place.slice(0, floor));
  out.push(place);
  return out;
}

/** Does the place lie in (or is it) `within`? */
export function liesIn(place: string | null, path: PlaceStep[] | undefined, within: string | null): boolean {
  return !within || ancestors(place, path).includes(within);
}

/** The building of a place, or the smallest place that is known. */
export function buildingOf(place: string | null, path: PlaceStep[] | undefined): PlaceStep | null {
  const steps = path ?? [];
  const building = steps.find((p) => p.level?.toUpperCase() === "BUILDING");
  if (building) return building;
  if (steps.length) return steps[steps.length - 1];
  return place ? { code: place, name: place, level: "" } : null;
}

/** A name without the name of the place around it: "平洲社区第03网格" in "平洲社区" is "第03网格". */
export function shortName(name: string, outer: string | undefined): string {
  return outer && name.length > outer.length && name.startsWith(outer) ? name.slice(outer.length).trim() : name;
}

/** What a place is called in the language of the screen. */
export function placeName(p: { name: string; nameEn?: string | null }): string {
  return locale.value === "en" && p.nameEn ? p.nameEn : p.name;
}

/** "桂城街道 · 平洲社区 · 第03网格": the way to a place without the district itself, last steps only. */
export function pathText(path: PlaceStep[] | undefined, last = 3): string {
  const steps = path ?? [];
  return steps
    .map((p, i) => ({ level: p.level, name: shortName(placeName(p), i ? placeName(steps[i - 1]) : undefined) }))
    .filter((p) => p.level?.toUpperCase() !== "DISTRICT")
    .slice(-last)
    .map((p) => p.name)
    .join(" · ");
}

/** A sentence of the server with the names of places where it has their codes. */
export function withNames(text: string, path: PlaceStep[] | undefined): string {
  const steps = [...(path ?? [])].reverse(); // a floor's code begins with its building's
  return steps.reduce((s, p) => s.split(p.code).join(placeName(p)), text);
}

/** What every one of the names begins with, up to a space: the part not worth repeating in a list of neighbours. */
export function sharedStart(names: string[]): string {
  if (names.length < 2) return "";
  let shared = names[0];
  for (const name of names) while (!name.startsWith(shared)) shared = shared.slice(0, -1);
  return shared.slice(0, shared.lastIndexOf(" ") + 1);
}
