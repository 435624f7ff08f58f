import { signal } from "@preact/signals";
import { api } from "../api/client.ts";
import type { Feature } from "../api/types.ts";
import { firstPosition, type Projection, type Shape, toShape, union } from "./geometry.ts";

/** The outlines of the district, level by level as they arrive. */
export const layers = signal<Record<string, Shape[]>>({});
export const byCode = new Map<string, Shape>();
export const features: Record<string, Feature[]> = {};
export const failed = signal("");
export let origin: Projection | null = null;

const RETRY_MS = 3000;
let started = false;

export async function loadDistrict(): Promise<void> {
  if (started) return;
  started = true;
  try {
    for (const level of ["town", "community", "grid", "building"]) {
      const collection = await api.outlines(level);
      origin ??= firstPosition(collection.features);
      features[level] = collection.features;
      // Who answers for one grid is given no towns; that is an empty layer, not a missing one.
      const from = origin;
      const shapes = from
        ? collection.features.map((f) => toShape(f, from)).filter((s): s is Shape => s !== null)
        : [];
      for (const s of shapes) byCode.set(s.code, s);
      layers.value = { ...layers.value, [level.toUpperCase()]: shapes };
    }
    failed.value = "";
  } catch (e) {
    failed.value = (e as Error).message;
    started = false;
    setTimeout(loadDistrict, RETRY_MS);
  }
}

/** The outline of a place, or of the nearest place around it that has one. */
export function shapeOf(code: string | null, path: string[]): Shape | undefined {
  for (const c of [code, ...path.toReversed()]) {
    const s = c ? byCode.get(c) : undefined;
    if (s) return s;
  }
  return undefined;
}

export function extent(): Shape["box"] | null {
  const any = layers.value.TOWN?.length
    ? layers.value.TOWN
    : Object.values(layers.value).find((l) => l.length) ?? [];
  return union(any.map((s) => s.box));
}
