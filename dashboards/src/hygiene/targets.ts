import type { Hygiene } from "../api/types.ts";

/** How a figure stands against what EEMUA 191 and ISA-18.2 call manageable for one operator. */
export type Verdict = "good" | "fair" | "bad";

export interface Measure {
  name: "load" | "flood" | "worstTen" | "chattering" | "stale" | "falseAlarms";
  value: number;
  verdict: Verdict;
  /** In per cent, or a plain number. */
  percent: boolean;
}

function against(value: number, good: number, fair: number): Verdict {
  return value <= good ? "good" : value <= fair ? "fair" : "bad";
}

/**
 * The six figures with their verdicts. Load: about 6 alerts an hour and operator are acceptable, 12 manageable.
 * Flood: under 1 % of the time. The ten worst sources: under 5 % of the load. Nothing chatters; fewer than five are
 * stale. False alarms: makers of household smoke detectors reckon with 15 %.
 */
export function measures(h: Hygiene): Measure[] {
  const load = h.perHour / h.operators;
  const wrong = h.judged ? h.falseAlarms / h.judged : 0;
  return [
    { name: "load", value: load, verdict: against(load, 6, 12), percent: false },
    { name: "flood", value: h.floodShare, verdict: against(h.floodShare, 0.01, 0.05), percent: true },
    { name: "worstTen", value: h.worstTenShare, verdict: against(h.worstTenShare, 0.05, 0.2), percent: true },
    { name: "chattering", value: h.chattering, verdict: against(h.chattering, 0, 3), percent: false },
    { name: "stale", value: h.stale, verdict: against(h.stale, 4, 10), percent: false },
    { name: "falseAlarms", value: wrong, verdict: against(wrong, 0.15, 0.5), percent: true },
  ];
}
