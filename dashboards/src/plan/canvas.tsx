import { useEffect, useRef } from "preact/hooks";
import { effect, signal } from "@preact/signals";
import type { Severity } from "../api/types.ts";
import { go, route } from "../app/route.ts";
import { locale, t } from "../i18n/index.ts";
import { ancestors, buildingOf, placeName } from "../live/places.ts";
import { firing, tallies } from "../live/store.ts";
import { byCode, extent, layers, shapeOf } from "./districts.ts";
import { draw, type Scene } from "./draw.ts";
import { contains, type Shape } from "./geometry.ts";
import { fit, levelAt, toWorld, type View, zoomAt } from "./view.ts";

function markerMap(): Scene["markers"] {
  const out: Scene["markers"] = new Map();
  const rank: Severity[] = ["critical", "major", "minor", "info"];
  for (const a of firing.value) {
    const shape = shapeOf(buildingOf(a.place, a.placePath)?.code ?? null, ancestors(a.place, a.placePath));
    if (!shape) continue;
    const known = out.get(shape.code);
    if (!known) out.set(shape.code, { shape, severity: a.severity, count: 1 });
    else {
      known.count++;
      if (rank.indexOf(a.severity) < rank.indexOf(known.severity)) known.severity = a.severity;
    }
  }
  return out;
}

/** The plan on a canvas: pan, zoom, pick; draws only when something changed. */
class Plan {
  readonly view = signal<View>({ x: 0, y: 0, scale: 0.02 });
  readonly hovered = signal<Shape | null>(null);
  readonly size = signal<[number, number]>([0, 0]);
  #requested = false;
  #fitted = false;
  /** The person moved or zoomed by hand: from then on a change of size does not move the view. */
  #byHand = false;
  #stop: (() => void)[] = [];
  #moving = 0;

  constructor(readonly canvas: HTMLCanvasElement) {
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(canvas);
    this.#stop.push(() => observer.disconnect());
    this.#stop.push(effect(() => {
      layers.value;
      tallies.value;
      this.view.value;
      this.hovered.value;
      locale.value;
      route.value.place;
      this.size.value;
      this.#request();
    }));
    let last: string | null | undefined;
    this.#stop.push(effect(() => {
      const place = route.value.place;
      const ready = Object.keys(layers.value).length;
      if (!this.size.value[0] || !ready) return;
      const shape = place ? byCode.get(place) : undefined;
      if (this.#fitted && place === last) return;
      if (place && !shape && ready < 4) return;
      this.glide(shape?.box ?? extent(), this.#fitted);
      last = place;
      this.#fitted = true;
    }));
  }

  close(): void {
    for (const stop of this.#stop) stop();
    cancelAnimationFrame(this.#moving);
  }

  #resize(): void {
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const ratio = devicePixelRatio || 1;
    this.canvas.width = w * ratio;
    this.canvas.height = h * ratio;
    this.size.value = [w, h];
    if (!this.#fitted || this.#byHand) return;
    const place = route.peek().place;
    this.glide((place ? byCode.get(place)?.box : undefined) ?? extent(), false);
  }

  #request(): void {
    if (this.#requested) return;
    this.#requested = true;
    requestAnimationFrame(() => {
      this.#requested = false;
      const ctx = this.canvas.getContext("2d");
      const [width, height] = this.size.value;
      if (!ctx || !width) return;
      const place = route.value.place;
      draw(ctx, {
        view: this.view.value,
        width,
        height,
        ratio: devicePixelRatio || 1,
        layers: layers.value,
        tallies: tallies.value,
        markers: markerMap(),
        nameOf: (code) => {
          const outer = code ? byCode.get(code) : undefined;
          return outer && placeName(outer);
        },
        selected: place ? byCode.get(place) ?? null : null,
        hovered: this.hovered.value,
      });
      this.canvas.dataset.drawn = String(Object.values(layers.value).reduce((n, l) => n + l.length, 0));
    });
  }

  /** Moves the view to a box, in a short glide unless the person asked for less motion. */
  glide(box: Shape["box"] | null, animate = true): void {
    if (!box) return;
    this.#byHand = false;
    const [width, height] = this.size.value;
    const to = fit(atLeast(box, 260), width, height, 0.08);
    cancelAnimationFrame(this.#moving);
    if (!animate || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.view.value = to;
      return;
    }
    const from = this.view.value;
    const start = performance.now();
    const step = () => {
      const k = Math.min(1, (performance.now() - start) / 280);
      const e = 1 - (1 - k) ** 3;
      const scale = from.scale * (to.scale / from.scale) ** e;
      this.view.value = { x: from.x + (to.x - from.x) * e, y: from.y + (to.y - from.y) * e, scale };
      if (k < 1) this.#moving = requestAnimationFrame(step);
    };
    step();
  }

  zoom(factor: number, px?: number, py?: number): void {
    const [w, h] = this.size.value;
    this.#byHand = true;
    this.view.value = zoomAt(this.view.value, factor, px ?? w / 2, py ?? h / 2, w, h);
  }

  pan(dx: number, dy: number): void {
    const v = this.view.value;
    this.#byHand = true;
    this.view.value = { ...v, x: v.x - dx / v.scale, y: v.y - dy / v.scale };
  }

  at(px: number, py: number): Shape | null {
    const [w, h] = this.size.value;
    const [x, y] = toWorld(this.view.value, px, py, w, h);
    const finest = levelAt(this.view.value.scale);
    const order = finest === "COMMUNITY" ? ["COMMUNITY", "TOWN"] : ["BUILDING", "GRID", "COMMUNITY", "TOWN"];
    for (const level of order) {
      const hit = layers.value[level]?.find((s) => contains(s, x, y));
      if (hit) return level === "COMMUNITY" && this.view.value.scale < 0.03 ? this.#town(hit) : hit;
    }
    return null;
  }

  #town(community: Shape): Shape {
    return (community.parent && byCode.get(community.parent)) || community;
  }
}

export function CanvasPlan({ attach }: { attach: (plan: Plan | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const plan = useRef<Plan | null>(null);
  const pointers = useRef(new Map<number, [number, number]>());
  const moved = useRef(0);
  useEffect(() => {
    const c = canvas.current!;
    const p = plan.current = new Plan(c);
    attach(p);
    // Not passive: the wheel zooms the plan and must not scroll the page.
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      p.zoom(Math.exp(-e.deltaY * (e.ctrlKey ? 0.01 : 0.0016)), e.offsetX, e.offsetY);
    };
    c.addEventListener("wheel", wheel, { passive: false });
    return () => {
      c.removeEventListener("wheel", wheel);
      p.close();
      attach(null);
    };
  }, []);

  const down = (e: PointerEvent) => {
    canvas.current!.setPointerCapture(e.pointerId);
    pointers.current.set(e.pointerId, [e.offsetX, e.offsetY]);
    moved.current = 0;
  };
  const move = (e: PointerEvent) => {
    const p = plan.current!;
    const before = pointers.current.get(e.pointerId);
    if (!before) {
      p.hovered.value = p.at(e.offsetX, e.offsetY);
      return;
    }
    const others = [...pointers.current].filter(([id]) => id !== e.pointerId);
    if (others.length === 1) {
      const [ox, oy] = others[0][1];
      const was = Math.hypot(before[0] - ox, before[1] - oy);
      const is = Math.hypot(e.offsetX - ox, e.offsetY - oy);
      p.zoom(is / Math.max(1, was), (e.offsetX + ox) / 2, (e.offsetY + oy) / 2);
    } else {
      p.pan(e.offsetX - before[0], e.offsetY - before[1]);
    }
    moved.current += Math.hypot(e.offsetX - before[0], e.offsetY - before[1]);
    pointers.current.set(e.pointerId, [e.offsetX, e.offsetY]);
  };
  const up = (e: PointerEvent) => {
    pointers.current.delete(e.pointerId);
    if (moved.current > 5 || e.type !== "pointerup") return;
    const hit = plan.current!.at(e.offsetX, e.offsetY);
    if (hit) go({ place: hit.code });
  };
  const key = (e: KeyboardEvent) => {
    const p = plan.current!;
    const step = 60;
    const keys: Record<string, () => void> = {
      ArrowLeft: () => p.pan(step, 0),
      ArrowRight: () => p.pan(-step, 0),
      ArrowUp: () => p.pan(0, step),
      ArrowDown: () => p.pan(0, -step),
      "+": () => p.zoom(1.4),
      "=": () => p.zoom(1.4),
      "-": () => p.zoom(1 / 1.4),
      Escape: () => go({ place: parentOf(route.value.place) }),
    };
    const act = keys[e.key];
    if (!act) return;
    e.preventDefault();
    act();
  };
  return (
    <canvas
      ref={canvas}
      class="map"
      tabIndex={0}
      role="img"
      aria-label={`${t.value.plan.title}. ${t.value.plan.keys}`}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onPointerLeave={() => plan.current && (plan.current.hovered.value = null)}
      onKeyDown={key}
    />
  );
}

/** A box with some ground around a small place, so that it is seen among its neighbours. */
function atLeast(box: Shape["box"], metres: number): Shape["box"] {
  const [x, y] = [Math.max(0, metres - (box[2] - box[0])) / 2, Math.max(0, metres - (box[3] - box[1])) / 2];
  return [box[0] - x, box[1] - y, box[2] + x, box[3] + y];
}

/** The place around a place, null for the whole district. */
export function parentOf(code: string | null): string | null {
  const parent = code ? byCode.get(code)?.parent ?? null : null;
  return parent && byCode.has(parent) ? parent : null;
}

export type { Plan };
