import type { AlertSpan, Backtest } from "../api/types.ts";
import { equal } from "../testing.ts";
import { lines } from "./span.ts";

const span = (subject: string, startedAt: string): AlertSpan => ({
  rule: "hot",
  subject,
  severity: "major",
  startedAt,
  endedAt: null,
  seconds: 1,
  value: 60,
});
const backtest = (some: Partial<Backtest>): Backtest => ({
  from: null,
  to: "2026-11-25T00:00:00.000Z",
  readings: 1,
  rules: [],
  matched: [],
  onlyNow: [],
  onlyThen: [],
  leftOut: 0,
  cut: false,
  unlisted: 0,
  ...some,
});

Deno.test("alerts of now and then stand in one list, the newest first", () => {
  const found = lines(backtest({
    onlyNow: [span("b", "2026-11-24T02:00:00.000Z")],
    onlyThen: [span("c", "2026-11-24T03:00:00.000Z")],
    matched: [{ rule: "hot", subject: "a", now: span("a", "2026-11-24T01:00:00.000Z"), then: span("a", "2026-11-24T01:00:00.000Z") }],
  }));
  equal(found.map((l) => l.sign + l.span.subject), ["-c", "+b", "=a"]);
  equal(found[2].then, null);
});

Deno.test("a matched alert that starts at another moment shows what it was", () => {
  const then = span("a", "2026-11-24T00:59:00.000Z");
  const found = lines(backtest({ matched: [{ rule: "hot", subject: "a", now: span("a", "2026-11-24T01:00:00.000Z"), then }] }));
  equal(found[0].then, then);
});
