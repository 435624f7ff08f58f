import { equal } from "../testing.ts";
import { share } from "../i18n/index.ts";
import { days } from "./words.ts";

const schedule = {
  id: "s",
  plan: "p",
  from: "08:00",
  to: "10:00",
  officer: null,
  firstDay: "2026-11-25",
  lastDay: null,
  active: true,
};

Deno.test("a schedule's days in words", () => {
  const weekly = days({ ...schedule, recurrence: { kind: "weekly", days: ["MO", "SU"] } });
  equal(weekly.split(" ").length, 2);
  const daily = days({ ...schedule, recurrence: { kind: "every", every: 1 } });
  const third = days({ ...schedule, recurrence: { kind: "every", every: 3 } });
  equal(third.includes("3"), true);
  equal(daily.includes("1"), false);
});

Deno.test("a rate of nothing is no rate", () => {
  equal(share(null), "–");
  equal(share(0.3333), "33.3 %");
});
