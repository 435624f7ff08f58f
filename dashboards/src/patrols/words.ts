import type { Schedule } from "../api/types.ts";
import { t } from "../i18n/index.ts";

/** 08:30, as the reader's clock shows it. */
export function clock(at: string): string {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** On which days a schedule is walked, in words. */
export function days(s: Schedule): string {
  const words = t.value.patrols;
  switch (s.recurrence.kind) {
    case "weekly":
      return (s.recurrence.days ?? []).map((d) => words.week[d] ?? d).join(" ");
    case "every":
      return words.every(s.recurrence.every ?? 1);
    default:
      return words.workingDays;
  }
}
