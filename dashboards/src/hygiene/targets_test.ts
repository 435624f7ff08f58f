import type { Hygiene } from "../api/types.ts";
import { equal } from "../testing.ts";
import { measures } from "./targets.ts";

const quiet: Hygiene = {
  from: "2026-11-24T00:00:00.000Z",
  to: "2026-11-25T00:00:00.000Z",
  alerts: 0,
  perHour: 0,
  operators: 1,
  floodShare: 0,
  chattering: 0,
  stale: 0,
  worstTenShare: 0,
  judged: 0,
  falseAlarms: 0,
  bySeverity: { critical: 0, major: 0, minor: 0, info: 0 },
  floods: [],
  byRule: [],
  byDevice: [],
  byPlace: [],
  duty: { onDuty: 0, unreachable: [] },
  calendar: { knownTo: null, daysLeft: null },
};

Deno.test("a quiet day is good by every measure", () => {
  equal([...new Set(measures(quiet).map((m) => m.verdict))], ["good"]);
});

Deno.test("the load is shared by the operators on duty", () => {
  equal(measures({ ...quiet, perHour: 20 })[0].verdict, "bad");
  equal(measures({ ...quiet, perHour: 20, operators: 2 })[0].verdict, "fair");
  equal(measures({ ...quiet, perHour: 20, operators: 4 })[0].verdict, "good");
});

Deno.test("false alarms are a share of what was judged, not of what was raised", () => {
  const m = measures({ ...quiet, alerts: 100, judged: 4, falseAlarms: 3 }).find((x) => x.name === "falseAlarms")!;
  equal([m.value, m.verdict], [0.75, "bad"]);
});
