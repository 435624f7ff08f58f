import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { api } from "../api/client.ts";
import type { Place } from "../api/types.ts";
import { t } from "../i18n/index.ts";
import { placeName } from "../live/places.ts";
import { go, route } from "./route.ts";

export const towns = signal<Place[]>([]);
const names = signal<Map<string, Place>>(new Map());
let asked = false;

function loadTowns(): void {
  if (asked) return;
  asked = true;
  api.places({ level: "town", limit: 500 }).then((p) => towns.value = p.items, () => asked = false);
}

/** Narrows every list and the plan to a town, or to the place that the plan or a link chose. */
export function PlaceFilter() {
  const place = route.value.place;
  useEffect(loadTowns, []);
  useEffect(() => {
    if (!place || names.peek().has(place)) return;
    api.place(place).then((p) => names.value = new Map(names.peek()).set(p.code, p), () => {});
  }, [place]);
  const words = t.value;
  const deeper = place && !towns.value.some((x) => x.code === place) ? place : null;
  const deeperName = deeper && names.value.get(deeper);
  return (
    <select
      class="placefilter"
      aria-label={words.common.place}
      value={place ?? ""}
      onChange={(e) => go({ place: e.currentTarget.value || null })}
    >
      <option value="">{words.plan.whole}</option>
      {deeper && <option value={deeper}>{deeperName ? placeName(deeperName) : deeper}</option>}
      {towns.value.map((x) => <option key={x.code} value={x.code}>{placeName(x)}</option>)}
    </select>
  );
}
