import type { Feature } from "../api/types.ts";

export type Ring = [number, number][];

/** A place on the plan, in metres from the plan's origin; y grows downwards. */
export interface Shape {
  code: string;
  name: string;
  nameEn?: string;
  level: string;
  parent: string | null;
  rings: Ring[];
  box: [number, number, number, number];
  centre: [number, number];
  height: number;
}

const METRES_PER_DEGREE = 111_320;

export interface Projection {
  lon: number;
  lat: number;
}

export function project(p: Projection, lon: number, lat: number): [number, number] {
  return [
    (lon - p.lon) * METRES_PER_DEGREE * Math.cos(p.lat * Math.PI / 180),
    -(lat - p.lat) * METRES_PER_DEGREE,
  ];
}

type Position = [number, number];

function ringsOf(f: Feature): Position[][] {
  const g = f.geometry;
  if (!g) return [];
  if (g.type === "Polygon") return (g.coordinates as Position[][]).slice(0, 1);
  if (g.type === "MultiPolygon") return (g.coordinates as Position[][][]).map((p) => p[0]);
  if (g.type === "Point") {
    const [lon, lat] = g.coordinates as Position;
    const d = 0.00009;
    return [[[lon - d, lat - d], [lon + d, lat - d], [lon + d, lat + d], [lon - d, lat + d], [lon - d, lat - d]]];
  }
  return [];
}

export function firstPosition(features: Feature[]): Projection | null {
  for (const f of features) {
    const ring = ringsOf(f)[0];
    if (ring?.length) return { lon: ring[0][0], lat: ring[0][1] };
  }
  return null;
}

/** The centre of gravity of a ring, or its middle when it has no area. */
export function centroid(ring: Ring): [number, number] {
  let area = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    area += cross;
    x += (ring[i][0] + ring[i + 1][0]) * cross;
    y += (ring[i][1] + ring[i + 1][1]) * cross;
  }
  if (Math.abs(area) > 1e-6) return [x / (3 * area), y / (3 * area)];
  const sum = ring.reduce((s, p) => [s[0] + p[0], s[1] + p[1]], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

export function toShape(f: Feature, p: Projection): Shape | null {
  const rings = ringsOf(f).map((r) => r.map(([lon, lat]) => project(p, lon, lat)));
  if (!rings.length || !rings[0].length) return null;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (const [x, y] of ring) {
      x0 = Math.min(x0, x);
      y0 = Math.min(y0, y);
      x1 = Math.max(x1, x);
      y1 = Math.max(y1, y);
    }
  }
  const largest = rings.reduce((a, b) => b.length > a.length ? b : a);
  const { code, name, nameEn, level, parent, floors, height } = f.properties;
  return {
    code,
    name,
    nameEn,
    level: level.toUpperCase(),
    parent,
    rings,
    box: [x0, y0, x1, y1],
    centre: centroid(largest),
    height: height ?? (floors ?? 6) * 3.2,
  };
}

export function contains(shape: Shape, x: number, y: number): boolean {
  const [x0, y0, x1, y1] = shape.box;
  if (x < x0 || x > x1 || y < y0 || y > y1) return false;
  let inside = false;
  for (const ring of shape.rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if ((yi > y) !== (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

export function union(boxes: Shape["box"][]): Shape["box"] | null {
  if (!boxes.length) return null;
  return boxes.reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);
}
