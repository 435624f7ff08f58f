/** What the unit tests share: one assertion, and things to try it on. */
import type { Alert, Incident } from "./api/types.ts";

export function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}\nbut was  ${a}`);
}

export function anAlert(id: string, more: Partial<Alert> = {}): Alert {
  return {
    id,
    rule: "smoke",
    subject: "sm-1",
    severity: "major",
    category: "FIRE_SMOKE",
    place: "440605011001001-00001-F2",
    placePath: [],
    state: "firing",
    startedAt: "2026-11-24T01:00:00.000Z",
    endedAt: null,
    value: 0.3,
    summary: "",
    description: "",
    labels: {},
    because: [],
    incident: null,
    ...more,
  };
}

export function anIncident(id: string, more: Partial<Incident> = {}): Incident {
  return {
    id,
    number: id,
    title: id,
    category: "FIRE_SMOKE",
    priority: "P2",
    state: "FILED",
    level: "GRID",
    origin: "SENSOR",
    place: "440605011001001-00001",
    placePath: [],
    openedAt: "2026-11-24T01:00:00.000Z",
    updatedAt: "2026-11-24T01:00:00.000Z",
    closedAt: null,
    assignee: null,
    department: null,
    due: null,
    alertCount: 1,
    supervised: false,
    version: 1,
    ...more,
  };
}
