import { anAlert, anIncident, equal } from "../testing.ts";
import {
  alertById,
  announced,
  clear,
  firing,
  flush,
  incidentById,
  incidentTallies,
  mark,
  openIncidents,
  putAlert,
  putIncident,
  takeSnapshot,
  tallies,
} from "./store.ts";

const options = { sanitizeOps: false, sanitizeResources: false };

function fresh(): void {
  clear();
  flush();
}

Deno.test("the worst and newest alert comes first", options, () => {
  fresh();
  putAlert(anAlert("a", { severity: "minor" }));
  putAlert(anAlert("b", { severity: "critical", startedAt: "2026-11-24T01:00:00Z" }));
  putAlert(anAlert("c", { severity: "critical", startedAt: "2026-11-24T02:00:00Z" }));
  flush();
  equal(firing.value.map((a) => a.id), ["c", "b", "a"]);
});

Deno.test("an ended alert does not fire again by a late message", options, () => {
  fresh();
  putAlert(anAlert("a", { state: "resolved", endedAt: "2026-11-24T01:01:00Z" }));
  putAlert(anAlert("a"));
  flush();
  equal(firing.value.length, 0);
});

Deno.test("only a live critical alert is announced", options, () => {
  fresh();
  announced.value = null;
  takeSnapshot([anAlert("old", { severity: "critical" })], [], mark());
  equal(announced.value, null);
  putAlert(anAlert("new", { severity: "critical" }));
  equal((announced.value as { id: string } | null)?.id, "new");
});

Deno.test("an older version of an incident is ignored", options, () => {
  fresh();
  putIncident(anIncident("i", { version: 3, state: "HANDLING" }));
  putIncident(anIncident("i", { version: 2, state: "DISPATCHED" }));
  flush();
  equal(incidentById("i")?.state, "HANDLING");
});

Deno.test("a snapshot removes what has ended meanwhile and keeps what is newer than it", options, () => {
  fresh();
  putAlert(anAlert("gone"));
  putIncident(anIncident("gone"));
  const since = mark();
  putAlert(anAlert("newer"));
  takeSnapshot([anAlert("kept")], [anIncident("kept")], since);
  flush();
  equal([alertById("gone"), incidentById("gone")], [undefined, undefined]);
  equal(firing.value.map((a) => a.id).sort(), ["kept", "newer"]);
  equal(openIncidents.value.map((i) => i.id), ["kept"]);
});

Deno.test("every place around an alert counts it", options, () => {
  fresh();
  putAlert(anAlert("a", { severity: "critical" }));
  putAlert(anAlert("b", { severity: "info", place: "440605011001002" }));
  putIncident(anIncident("i"));
  flush();
  equal(tallies.value.get("440605011")?.total, 2);
  equal(tallies.value.get("440605011001001-00001")?.worst, "critical");
  equal(tallies.value.get("440605011001002")?.worst, "info");
  equal(incidentTallies.value.get("440605011001"), 1);
});
