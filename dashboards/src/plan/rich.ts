import { effect } from "@preact/signals";
import { go, route } from "../app/route.ts";
import { COLOURS } from "../live/severity.ts";
import { tallies } from "../live/store.ts";
import { byCode, features, origin } from "./districts.ts";

/** The few things of MapLibre that we use; its own declarations need packages that we do not install. */
interface GlMap {
  on(event: string, handler: (e: { point: { x: number; y: number } }) => void): void;
  setFeatureState(target: { source: string; id: string }, state: Record<string, unknown>): void;
  removeFeatureState(target: { source: string }): void;
  queryRenderedFeatures(point: { x: number; y: number }, o: { layers: string[] }): { properties: { code: string } }[];
  fitBounds(box: [[number, number], [number, number]], o: Record<string, unknown>): void;
  addControl(control: unknown, where: string): void;
  remove(): void;
}
interface MapLibre {
  Map: new (o: Record<string, unknown>) => GlMap;
  NavigationControl: new (o: Record<string, unknown>) => unknown;
  setWorkerUrl(url: string): void;
}

const LIBRARY = "/vendor/maplibre/maplibre-gl.mjs";

function tinted(calm: string): unknown[] {
  const worst = ["coalesce", ["feature-state", "worst"], ""];
  return ["match", worst, ...Object.entries(COLOURS).flat(), calm];
}

function source(level: string) {
  return { type: "geojson", data: { type: "FeatureCollection", features: features[level] ?? [] }, promoteId: "code" };
}

function labelSource(level: string) {
  const points = (features[level] ?? []).flatMap((f) => {
    const c = byCode.get(f.properties.code)?.centre;
    if (!c || !origin) return [];
    const lat = origin.lat - c[1] / 111_320;
    const lon = origin.lon + c[0] / (111_320 * Math.cos(origin.lat * Math.PI / 180));
    return [{ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: f.properties }];
  });
  return { type: "geojson", data: { type: "FeatureCollection", features: points } };
}

const names = (id: string, size: number, minzoom: number, maxzoom: number) => ({
  id,
  type: "symbol",
  source: id,
  minzoom,
  maxzoom,
  layout: { "text-field": ["get", "name"], "text-size": size, "text-font": ["Noto Sans CJK SC"] },
  paint: { "text-color": "#e6f6ff", "text-halo-color": "#06121f", "text-halo-width": 1.4 },
});

function style(): Record<string, unknown> {
  const line = (id: string, src: string, colour: string, width: number, minzoom = 0) => ({
    id,
    type: "line",
    source: src,
    minzoom,
    paint: { "line-color": colour, "line-width": width },
  });
  const calmTown = "#0d2a45";
  const areaFill = (id: string, src: string, minzoom: number, maxzoom: number) => ({
    id,
    type: "fill",
    source: src,
    minzoom,
    maxzoom,
    paint: {
      "fill-color": tinted("#46c8ff"),
      "fill-opacity": ["match", ["coalesce", ["feature-state", "worst"], ""], "critical", 0.34, "major", 0.2, "minor", 0.1, "info", 0.06, 0.01],
    },
  });
  return {
    version: 8,
    sources: {
      town: source("town"),
      community: source("community"),
      grid: source("grid"),
      building: source("building"),
      "town-names": labelSource("town"),
      "community-names": labelSource("community"),
      "building-names": labelSource("building"),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#071626" } },
      { id: "towns", type: "fill", source: "town", paint: { "fill-color": calmTown } },
      areaFill("communities", "community", 0, 12.5),
      areaFill("grids", "grid", 12.5, 24),
      line("grid-lines", "grid", "rgba(120,170,215,.25)", 0.7, 12),
      line("community-lines", "community", "rgba(120,170,215,.35)", 0.8),
      line("town-lines", "town", "rgba(130,200,255,.75)", 1.5),
      {
        id: "buildings",
        type: "fill-extrusion",
        source: "building",
        minzoom: 11,
        paint: {
          "fill-extrusion-color": tinted("#3c6f9c"),
          "fill-extrusion-height": ["coalesce", ["get", "height"], ["*", 3.2, ["coalesce", ["get", "floors"], 6]]],
          "fill-extrusion-opacity": 0.9,
        },
      },
      names("town-names", 15, 0, 13),
      names("community-names", 12, 11.5, 15),
      names("building-names", 11, 15.2, 24),
    ],
  };
}

/** Opens the raised map; throws where the browser cannot (no WebGL), and the caller goes back to the plan. */
export async function openRichMap(box: HTMLElement): Promise<() => void> {
  if (!document.querySelector("link[data-map]")) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = "/vendor/maplibre/maplibre-gl.css";
    link.dataset.map = "";
    document.head.append(link);
  }
  const library: MapLibre = await import(LIBRARY);
  library.setWorkerUrl("/vendor/maplibre/maplibre-gl-worker.mjs");
  const map = new library.Map({
    container: box,
    style: style(),
    center: [origin?.lon ?? 113, origin?.lat ?? 23],
    zoom: 10,
    pitch: 50,
    bearing: -12,
    attributionControl: false,
    localIdeographFontFamily: '"Noto Sans CJK SC", "PingFang SC", sans-serif',
    fadeDuration: 0,
  });
  map.addControl(new library.NavigationControl({ visualizePitch: true }), "bottom-right");
  const lonLat = (x: number, y: number): [number, number] => [
    origin!.lon + x / (111_320 * Math.cos(origin!.lat * Math.PI / 180)),
    origin!.lat - y / 111_320,
  ];
  const look = (animate: boolean) => {
    const place = route.peek().place;
    const shapes = place && byCode.has(place) ? [byCode.get(place)!] : (features.town ?? []).map((f) => byCode.get(f.properties.code)!);
    const b = shapes.filter(Boolean).map((s) => s.box);
    if (!b.length) return;
    const [x0, y0] = [Math.min(...b.map((s) => s[0])), Math.min(...b.map((s) => s[1]))];
    const [x1, y1] = [Math.max(...b.map((s) => s[2])), Math.max(...b.map((s) => s[3]))];
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches || !animate;
    map.fitBounds([lonLat(x0, y1), lonLat(x1, y0)], { padding: 40, maxZoom: 16.5, pitch: 50, duration: still ? 0 : 700 });
  };
  const stops: (() => void)[] = [];
  map.on("load", () => {
    stops.push(effect(() => {
      for (const s of ["community", "grid", "building"]) map.removeFeatureState({ source: s });
      for (const [code, tally] of tallies.value) {
        const level = byCode.get(code)?.level.toLowerCase();
        if (level && level !== "town") map.setFeatureState({ source: level, id: code }, { worst: tally.worst });
      }
    }));
    let first = true;
    stops.push(effect(() => {
      route.value.place;
      look(!first);
      first = false;
    }));
    box.dataset.ready = "true";
  });
  map.on("click", (e) => {
    const hit = map.queryRenderedFeatures(e.point, { layers: ["buildings", "grids", "communities"] })[0];
    if (hit) go({ place: hit.properties.code });
  });
  return () => {
    for (const stop of stops) stop();
    map.remove();
  };
}
