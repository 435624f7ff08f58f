import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { signal } from "@preact/signals";
import type { Priority, Severity } from "../api/types.ts";
import { duration, number, t, word } from "../i18n/index.ts";
import { now } from "../live/now.ts";
import { SEVERITY_OF } from "../live/severity.ts";

const SHAPES: Record<Severity, string> = {
  critical: "M8 .8 15.2 8 8 15.2.8 8z",
  major: "M8 1.4 15.4 14.4H.6z",
  minor: "M1.8 1.8h12.4v12.4H1.8z",
  info: "M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2z",
};

/** The same digit as the priority that the severity leads to: P1 to P4. */
const DIGITS: Record<Severity, string> = { critical: "1", major: "2", minor: "3", info: "4" };

/** Severity as shape, digit and colour together. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const words = t.value.severity;
  return (
    <svg class={`mark ${severity}`} viewBox="0 0 16 16" role="img" aria-label={words[severity]}>
      <path d={SHAPES[severity]} />
      <text x="8" y={severity === "major" ? 12.6 : 11}>{DIGITS[severity]}</text>
    </svg>
  );
}

export function PriorityMark({ priority }: { priority: Priority }) {
  return (
    <span class={`priority ${SEVERITY_OF[priority]}`} title={t.value.priority[priority]}>{priority}</span>
  );
}

/** How long something has lasted; repaints itself each second. */
export function Age({ since }: { since: string }) {
  return <span class="age">{duration(now.value - Date.parse(since))}</span>;
}

export function Due({ due }: { due: { at: string; overdue: boolean } | null }) {
  if (!due) return null;
  const left = Date.parse(due.at) - now.value;
  const over = due.overdue || left < 0;
  const words = t.value.incidents;
  return (
    <span class={over ? "due over" : left < 300_000 ? "due soon" : "due"}>
      {over ? words.over(duration(Math.abs(left))) : words.left(duration(left))}
    </span>
  );
}

export function Chip(props: { on: boolean; onToggle: () => void; children: ComponentChildren; label?: string }) {
  return (
    <button type="button" class="chip" aria-pressed={props.on} aria-label={props.label} onClick={props.onToggle}>
      {props.children}
    </button>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}

export function Failed({ error, retry }: { error: string; retry?: () => void }) {
  return (
    <p class="failed" role="alert">
      {t.value.common.failed}: {error}
      {retry && <button type="button" class="button small" onClick={retry}>{t.value.common.retry}</button>}
    </p>
  );
}

/** A line of recent values, drawn to the width it is given. */
export function Sparkline({ values }: { values: number[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const c = canvas.current;
    const ctx = c?.getContext("2d");
    if (!c || !ctx || values.length < 2) return;
    const ratio = devicePixelRatio || 1;
    c.width = c.clientWidth * ratio;
    c.height = c.clientHeight * ratio;
    const max = Math.max(1, ...values);
    // The line fills half of its room after a minute and all of it after two.
    const step = c.width / Math.max(30, values.length - 1);
    const y = (v: number) => c.height - 2 * ratio - v / max * (c.height - 4 * ratio);
    const start = c.width - (values.length - 1) * step;
    ctx.clearRect(0, 0, c.width, c.height);
    ctx.beginPath();
    values.forEach((v, i) => ctx.lineTo(start + i * step, y(v)));
    ctx.strokeStyle = "#46c8ff";
    ctx.lineWidth = 1.5 * ratio;
    ctx.stroke();
    ctx.lineTo(c.width, c.height);
    ctx.lineTo(start, c.height);
    ctx.fillStyle = "rgba(70, 200, 255, .14)";
    ctx.fill();
  });
  return <canvas ref={canvas} class="spark" aria-hidden="true" />;
}

const UNITS: Record<string, string> = { obscuration: "dB/m", temperature: "°C", battery: "%", rssi: "dBm", humidity: "%" };

export function valueText(value: unknown): string {
  if (typeof value === "number") return number(value);
  if (typeof value === "boolean") return value ? t.value.common.yes : t.value.common.no;
  return value === null || value === undefined ? "–" : word(t.value.event, String(value));
}

export function Value({ name, value }: { name: string; value: unknown }) {
  return (
    <span class="value">
      <b>{valueText(value)}</b>
      {typeof value === "number" && UNITS[name] && <small>{UNITS[name]}</small>}
    </span>
  );
}

/** The same in one line of text. */
export function measured(name: string, value: unknown): string {
  const unit = typeof value === "number" ? UNITS[name] : undefined;
  return unit ? `${valueText(value)} ${unit}` : valueText(value);
}

interface Toast {
  id: number;
  text: string;
  bad: boolean;
}
const toasts = signal<Toast[]>([]);
let toastId = 0;

export function toast(text: string, bad = false): void {
  const one = { id: ++toastId, text, bad };
  toasts.value = [...toasts.value.slice(-3), one];
  setTimeout(() => toasts.value = toasts.value.filter((x) => x.id !== one.id), bad ? 9000 : 4000);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((x) => <p key={x.id} class={x.bad ? "toast bad" : "toast"}>{x.text}</p>)}
    </div>
  );
}
