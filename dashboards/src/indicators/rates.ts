import type { Kpi } from "../api/types.ts";

/** The rates of a period, as `GET /api/v1/kpis/definitions` defines them, in the order of the workflow. */
export const RATES = [
  "filingRate",
  "inTimeHandlingRate",
  "inTimeClosingRate",
  "inGridClosureRate",
  "reworkRate",
  "returnRate",
  "deferralRate",
  "falseAlarmRate",
  "averageHandleMinutes",
] as const;
export type RateName = typeof RATES[number];

/** Those of which more is worse. How much is filed is neither good nor bad. */
const LESS_IS_BETTER: ReadonlySet<RateName> = new Set([
  "reworkRate",
  "returnRate",
  "deferralRate",
  "falseAlarmRate",
  "averageHandleMinutes",
]);

export interface Rate {
  name: RateName;
  /** A share from 0 to 1, or minutes; null where nothing was to be counted. */
  value: number | null;
  /** Against the period before; null where either has nothing to count. */
  change: number | null;
  verdict: "better" | "worse" | "same";
}

function verdict(name: RateName, change: number | null): Rate["verdict"] {
  if (!change || name === "filingRate") return "same";
  return change > 0 === LESS_IS_BETTER.has(name) ? "worse" : "better";
}

export function rates(now: Kpi | null, before: Kpi | null): Rate[] {
  return RATES.map((name) => {
    const value = now?.[name] ?? null;
    const past = before?.[name] ?? null;
    const change = value === null || past === null ? null : value - past;
    return { name, value, change, verdict: verdict(name, change) };
  });
}

/**
 * The beginning of a period that ends now, as an instant: the present month or year of the district's zone, or so many
 * days back. Asia/Shanghai has had no summer time since 1991, so its months begin eight hours before UTC's.
 */
export function since(period: "month" | "year" | "week", now: number): string {
  const ahead = 8 * 3_600_000;
  const there = new Date(now + ahead);
  if (period === "week") return new Date(now - 7 * 86_400_000).toISOString();
  const month = period === "month" ? there.getUTCMonth() : 0;
  return new Date(Date.UTC(there.getUTCFullYear(), month, 1) - ahead).toISOString();
}
