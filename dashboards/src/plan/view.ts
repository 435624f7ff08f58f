import type { Shape } from "./geometry.ts";

/** Where the plan is looked at from: the point in the middle and the pixels per metre. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

export const MIN_SCALE = 0.004;
export const MAX_SCALE = 6;

export function fit(box: Shape["box"], width: number, height: number, padding = 0.06): View {
  const w = Math.max(60, box[2] - box[0]);
  const h = Math.max(60, box[3] - box[1]);
  const scale = Math.min(width * (1 - 2 * padding) / w, height * (1 - 2 * padding) / h);
  return { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2, scale: clampScale(scale) };
}

export function clampScale(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}

export function toWorld(v: View, px: number, py: number, width: number, height: number): [number, number] {
  return [v.x + (px - width / 2) / v.scale, v.y + (py - height / 2) / v.scale];
}

/** Zooms so that the point under the cursor stays under the cursor. */
export function zoomAt(v: View, factor: number, px: number, py: number, width: number, height: number): View {
  const scale = clampScale(v.scale * factor);
  const [wx, wy] = toWorld(v, px, py, width, height);
  return { x: wx - (px - width / 2) / scale, y: wy - (py - height / 2) / scale, scale };
}

/** The level whose outlines can be told apart, picked and tinted at this scale. */
export function levelAt(scale: number): "COMMUNITY" | "GRID" | "BUILDING" {
  return scale > 0.32 ? "BUILDING" : scale > 0.075 ? "GRID" : "COMMUNITY";
}
