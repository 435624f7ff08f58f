import type { AlertSpan, Backtest } from "../api/types.ts";

export interface Line {
  sign: "=" | "+" | "-";
  span: AlertSpan;
  /** What it was then, where both have it and it was not the same. */
  then: AlertSpan | null;
}

function differs(a: AlertSpan, b: AlertSpan): boolean {
  return a.startedAt !== b.startedAt || a.endedAt !== b.endedAt || a.severity !== b.severity;
}

/** Alerts of now and of then in one list by their start: `=` both, `+` only by the new rules, `-` only then. */
export function lines(b: Backtest): Line[] {
  const all: Line[] = [
    ...b.matched.map((m): Line => ({ sign: "=", span: m.now, then: differs(m.now, m.then) ? m.then : null })),
    ...b.onlyNow.map((span): Line => ({ sign: "+", span, then: null })),
    ...b.onlyThen.map((span): Line => ({ sign: "-", span, then: null })),
  ];
  return all.sort((x, y) => y.span.startedAt.localeCompare(x.span.startedAt));
}
