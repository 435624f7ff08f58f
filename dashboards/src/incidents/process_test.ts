import { anIncident, equal } from "../testing.ts";
import { commandBody, isRequired, resolutionsFor, sortActions } from "./process.ts";

Deno.test("the step that carries the case on is the first button", () => {
  const i = anIncident("i", {
    actions: ["comment", "escalate", "close", "rework", "check"].map((command) => ({ command, needs: [] })),
  });
  equal(sortActions(i), { main: ["check", "close", "rework"], rest: ["comment", "escalate"] });
});

Deno.test("a command says what was filled in, in the server's types", () => {
  equal(commandBody("decide_deferral", { approved: "no", note: "" }, 4, "k"), {
    command: "decide_deferral",
    key: "k",
    version: 4,
    approved: false,
  });
  equal(commandBody("request_deferral", { until: "2026-11-25T10:00Z", reason: "雨" }, null, "k").until, "2026-11-25T10:00:00.000Z");
});

Deno.test("a false alarm is a resolution of sensor incidents only", () => {
  equal(resolutionsFor("SENSOR").includes("COOKING"), true);
  equal(resolutionsFor("PATROL").includes("COOKING"), false);
  equal(resolutionsFor("DISPUTE")[0], "AGREEMENT");
});

Deno.test("only a note may stay empty", () => equal(["note", "reason", "assignee"].map(isRequired), [false, true, true]));
