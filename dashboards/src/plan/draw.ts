import type { Severity } from "../api/types.ts";
import { COLOURS } from "../live/severity.ts";
import type { Tally } from "../live/store.ts";
import { placeName, shortName } from "../live/places.ts";
import type { Shape } from "./geometry.ts";
import { levelAt, type View } from "./view.ts";

export interface Scene {
  view: View;
  width: number;
  height: number;
  ratio: number;
  layers: Record<string, Shape[]>;
  tallies: Map<string, Tally>;
  /** Smallest known place of every firing alert, worst severity. */
  markers: Map<string, { shape: Shape; severity: Severity; count: number }>;
  /** The name of a place, to shorten the names of what lies in it. */
  nameOf: (code: string | null) => string | undefined;
  selected: Shape | null;
  hovered: Shape | null;
}

const FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

function trace(ctx: CanvasRenderingContext2D, shape: Shape): void {
  ctx.beginPath();
  for (const ring of shape.rings) {
    ring.forEach(([x, y], i) => i ? ctx.lineTo(x, y) : ctx.moveTo(x, y));
    ctx.closePath();
  }
}

function tint(severity: Severity, alpha: number): string {
  return COLOURS[severity] + Math.round(alpha * 255).toString(16).padStart(2, "0");
}

/** Paints the plan from the ground up: land, borders, tints, buildings, markers, names. */
export function draw(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const { view, width, height, ratio, layers } = scene;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = "#071626";
  ctx.fillRect(0, 0, width * ratio, height * ratio);
  const s = view.scale * ratio;
  ctx.setTransform(s, 0, 0, s, width * ratio / 2 - view.x * s, height * ratio / 2 - view.y * s);
  const seen = (shape: Shape) => inView(shape, scene);
  const line = (px: number) => px / view.scale;
  const level = levelAt(view.scale);
  const towns = (layers.TOWN ?? []).filter(seen);

  towns.forEach((t) => {
    trace(ctx, t);
    ctx.fillStyle = TOWN_FILLS[hash(t.code) % TOWN_FILLS.length];
    ctx.fill();
  });
  outline(ctx, (layers.COMMUNITY ?? []).filter(seen), `rgba(120,170,215,${level === "COMMUNITY" ? 0.2 : 0.34})`, line(0.8));
  if (level !== "COMMUNITY") outline(ctx, (layers.GRID ?? []).filter(seen), "rgba(120,170,215,.2)", line(0.6));
  tintAreas(ctx, scene, level === "COMMUNITY" ? "COMMUNITY" : "GRID");
  outline(ctx, towns, "rgba(130,200,255,.62)", line(1.4));
  if (level !== "COMMUNITY") buildings(ctx, scene, level === "BUILDING");
  if (scene.hovered) {
    trace(ctx, scene.hovered);
    ctx.fillStyle = "rgba(70,200,255,.12)";
    ctx.fill();
    ctx.strokeStyle = "rgba(150,220,255,.9)";
    ctx.lineWidth = line(1.2);
    ctx.stroke();
  }
  if (scene.selected && scene.selected.level !== "BUILDING") {
    trace(ctx, scene.selected);
    ctx.strokeStyle = "#46c8ff";
    ctx.lineWidth = line(2.4);
    ctx.stroke();
  }
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const taken: Box[] = [];
  markers(ctx, scene);
  names(ctx, scene, level, taken);
}

const TOWN_FILLS = ["#0d2a45", "#0b2640", "#0f2e4a", "#0c2944", "#0e2b49"];

function hash(code: string): number {
  let h = 0;
  for (const c of code) h = (h * 31 + c.charCodeAt(0)) >>> 0;
  return h;
}

function inView(shape: Shape, { view, width, height }: Scene): boolean {
  const w = width / 2 / view.scale, h = height / 2 / view.scale;
  const [x0, y0, x1, y1] = shape.box;
  return x1 >= view.x - w && x0 <= view.x + w && y1 >= view.y - h && y0 <= view.y + h;
}

function outline(ctx: CanvasRenderingContext2D, shapes: Shape[], stroke: string, lineWidth: number): void {
  ctx.strokeStyle = stroke;
  ctx.lineWidth = lineWidth;
  ctx.lineJoin = "round";
  ctx.beginPath();
  for (const shape of shapes) {
    for (const ring of shape.rings) {
      ring.forEach(([x, y], i) => i ? ctx.lineTo(x, y) : ctx.moveTo(x, y));
      ctx.closePath();
    }
  }
  ctx.stroke();
}

/** How much an area is tinted: a district where something is always amiss must not glow all over. */
const TINT: Record<Severity, number> = { critical: 0.26, major: 0.15, minor: 0.07, info: 0.04 };

function tintAreas(ctx: CanvasRenderingContext2D, scene: Scene, level: string): void {
  const close = levelAt(scene.view.scale) === "BUILDING" ? 0.45 : 1;
  for (const shape of scene.layers[level] ?? []) {
    const tally = scene.tallies.get(shape.code);
    if (!tally || !inView(shape, scene)) continue;
    trace(ctx, shape);
    ctx.fillStyle = tint(tally.worst, TINT[tally.worst] * close);
    ctx.fill();
    ctx.strokeStyle = tint(tally.worst, TINT[tally.worst] * 2);
    ctx.lineWidth = 1 / scene.view.scale;
    ctx.stroke();
  }
}

/** Metres on the plan for a metre of height. */
const RISE = 0.55;

/** Footprints; close up each is raised by its height, drawn from the far side to the near one. */
function buildings(ctx: CanvasRenderingContext2D, scene: Scene, raised: boolean): void {
  const shapes = (scene.layers.BUILDING ?? []).filter((b) => inView(b, scene));
  if (raised) shapes.sort((a, b) => a.centre[1] - b.centre[1]);
  for (const b of shapes) {
    ctx.lineWidth = 0.7 / scene.view.scale;
    const worst = scene.tallies.get(b.code)?.worst;
    const roof = worst ? COLOURS[worst] : "#3c6f9c";
    const up = raised ? b.height * RISE : 0;
    if (up) {
      ctx.fillStyle = worst ? tint(worst, 0.45) : "#1c405f";
      ctx.strokeStyle = "rgba(6,18,31,.8)";
      for (const ring of b.rings) {
        for (let i = 0; i + 1 < ring.length; i++) {
          const [[x0, y0], [x1, y1]] = [ring[i], ring[i + 1]];
          ctx.beginPath();
          ctx.moveTo(x0, y0);
          ctx.lineTo(x1, y1);
          ctx.lineTo(x1, y1 - up);
          ctx.lineTo(x0, y0 - up);
          ctx.closePath();
          ctx.fill();
          ctx.stroke();
        }
      }
    }
    ctx.beginPath();
    for (const ring of b.rings) {
      ring.forEach(([x, y], i) => i ? ctx.lineTo(x, y - up) : ctx.moveTo(x, y - up));
      ctx.closePath();
    }
    ctx.fillStyle = roof;
    ctx.fill();
    const chosen = scene.selected?.code === b.code;
    ctx.strokeStyle = chosen ? "#46c8ff" : worst ? "rgba(255,255,255,.8)" : "rgba(160,210,250,.55)";
    ctx.lineWidth = (chosen ? 2.4 : 0.7) / scene.view.scale;
    ctx.stroke();
  }
}

function screen({ view, width, height }: Scene, x: number, y: number): [number, number] {
  return [(x - view.x) * view.scale + width / 2, (y - view.y) * view.scale + height / 2];
}

const ORDER: Severity[] = ["info", "minor", "major", "critical"];

/** One sign per building with a firing alert: the severity's shape, the worst on top. */
function markers(ctx: CanvasRenderingContext2D, scene: Scene): void {
  const all = [...scene.markers.values()].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const raised = levelAt(scene.view.scale) === "BUILDING";
  const big = Math.min(9, Math.max(5.5, 4 + scene.view.scale * 14));
  for (const { shape, severity } of all) {
    if (!inView(shape, scene)) continue;
    const up = raised && shape.level === "BUILDING" ? shape.height * RISE : 0;
    const [x, y] = screen(scene, shape.centre[0], shape.centre[1] - up);
    const r = severity === "critical" ? big + 1.5 : big;
    if (severity === "critical") {
      ctx.beginPath();
      ctx.arc(x, y, r * 2.1, 0, 7);
      ctx.fillStyle = tint("critical", 0.22);
      ctx.fill();
    }
    sign(ctx, severity, x, y, r);
  }
}

function sign(ctx: CanvasRenderingContext2D, severity: Severity, x: number, y: number, r: number): void {
  ctx.beginPath();
  if (severity === "critical") polygon(ctx, x, y, [[0, -r], [r, 0], [0, r], [-r, 0]]);
  else if (severity === "major") polygon(ctx, x, y, [[0, -r], [r, r * 0.8], [-r, r * 0.8]]);
  else if (severity === "minor") ctx.rect(x - r * 0.75, y - r * 0.75, r * 1.5, r * 1.5);
  else ctx.arc(x, y, r * 0.75, 0, 7);
  ctx.fillStyle = COLOURS[severity];
  ctx.fill();
  ctx.strokeStyle = "#06121f";
  ctx.lineWidth = 1.4;
  ctx.stroke();
}

function polygon(ctx: CanvasRenderingContext2D, x: number, y: number, points: [number, number][]): void {
  points.forEach(([dx, dy], i) => i ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy));
  ctx.closePath();
}

type Box = [number, number, number, number];

function free(box: Box, taken: Box[]): boolean {
  return !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
}

/** Names that fit into their areas and do not cover each other: larger areas first. */
function names(ctx: CanvasRenderingContext2D, scene: Scene, level: string, taken: Box[]): void {
  const label = (shapes: Shape[], size: number, colour: string, minWidth: number, withCount: boolean) => {
    ctx.font = `${size > 12 ? 600 : 400} ${size}px ${FONT}`;
    for (const shape of shapes) {
      if (!inView(shape, scene)) continue;
      const wide = (shape.box[2] - shape.box[0]) * scene.view.scale;
      const text = shortName(placeName(shape), scene.nameOf(shape.parent));
      const total = withCount ? scene.tallies.get(shape.code)?.total ?? 0 : 0;
      const textWidth = ctx.measureText(text).width;
      const extra = total ? 22 : 0;
      if (wide < Math.max(minWidth, textWidth * 0.9)) continue;
      const [x, middle] = screen(scene, shape.centre[0], shape.centre[1]);
      // Below the sign of a building that has one.
      const y = middle + (scene.markers.has(shape.code) ? size + 8 : 0);
      const box: Box = [x - textWidth / 2 - 3, y - size, x + textWidth / 2 + extra + 3, y + size * 0.5];
      if (!free(box, taken)) continue;
      taken.push(box);
      ctx.textAlign = "center";
      ctx.lineWidth = 3;
      ctx.strokeStyle = "rgba(6,18,31,.85)";
      ctx.strokeText(text, x, y);
      ctx.fillStyle = colour;
      ctx.fillText(text, x, y);
      if (total) badge(ctx, scene.tallies.get(shape.code)!, x + textWidth / 2 + 13, y - size * 0.35, total);
      ctx.font = `${size > 12 ? 600 : 400} ${size}px ${FONT}`;
    }
  };
  const big = scene.width > 1100 ? 15 : 13;
  if (scene.view.scale < 0.4) label(scene.layers.TOWN ?? [], big, "#e6f6ff", 30, true);
  if (scene.view.scale > 0.03) label(scene.layers.COMMUNITY ?? [], 12, "#b8d8f4", 46, false);
  if (level === "BUILDING") {
    label(scene.layers.BUILDING ?? [], 11, "#dcefff", 20, false);
    label(scene.layers.GRID ?? [], 11, "#9fc3e6", 60, false);
  } else if (level === "GRID") {
    label(scene.layers.GRID ?? [], 11, "#9fc3e6", 44, false);
  }
}

function badge(ctx: CanvasRenderingContext2D, tally: Tally, x: number, y: number, total: number): void {
  ctx.font = `600 11px ${FONT}`;
  const w = Math.max(18, ctx.measureText(String(total)).width + 9);
  ctx.beginPath();
  ctx.roundRect(x - 9, y - 9, w, 17, 8.5);
  ctx.fillStyle = COLOURS[tally.worst];
  ctx.fill();
  ctx.fillStyle = "#06121f";
  ctx.fillText(String(total), x - 9 + w / 2, y + 3.6);
}
