import type { Kpi } from "../api/types.ts";
import { equal } from "../testing.ts";
import { rates, since } from "./rates.ts";

const kpi = (some: Partial<Kpi>): Kpi => some as Kpi;
const one = (name: string, now: Partial<Kpi> | null, before: Partial<Kpi> | null) =>
  rates(now && kpi(now), before && kpi(before)).find((r) => r.name === name)!;

Deno.test("more closed in time is better, more rework is worse", () => {
  equal(one("inTimeClosingRate", { inTimeClosingRate: 0.9 }, { inTimeClosingRate: 0.8 }).verdict, "better");
  equal(one("reworkRate", { reworkRate: 0.2 }, { reworkRate: 0.1 }).verdict, "worse");
  equal(one("averageHandleMinutes", { averageHandleMinutes: 12 }, { averageHandleMinutes: 20 }).verdict, "better");
});

Deno.test("how much is filed is neither good nor bad", () => {
  equal(one("filingRate", { filingRate: 0.2 }, { filingRate: 0.1 }).verdict, "same");
});

Deno.test("without a period before there is no change, and nothing counted is not zero", () => {
  equal(one("reworkRate", { reworkRate: 0.2 }, null), { name: "reworkRate", value: 0.2, change: null, verdict: "same" });
  equal(one("reworkRate", { reworkRate: null }, { reworkRate: 0.2 }).value, null);
});

Deno.test("month and year begin at midnight in Shanghai", () => {
  const evening = Date.parse("2026-10-31T16:30:00Z");
  equal(since("month", evening), "2026-10-31T16:00:00.000Z");
  equal(since("month", evening - 3_600_000), "2026-09-30T16:00:00.000Z");
  equal(since("year", Date.parse("2026-12-31T15:59:00Z")), "2025-12-31T16:00:00.000Z");
  equal(since("year", Date.parse("2026-12-31T16:00:00Z")), "2026-12-31T16:00:00.000Z");
});
