import type { Incident, IncidentState } from "../api/types.ts";

/** The six steps of the official process, and where a state stands in it. */
export const STEP_OF: Record<IncidentState, number> = {
  REPORTED: 0,
  VERIFYING: 0,
  FILED: 1,
  RETURNED: 1,
  DISPATCHED: 2,
  HANDLING: 3,
  DEFERRAL_PENDING: 3,
  SUSPENDED: 3,
  FEEDBACK: 4,
  CHECKING: 4,
  CLOSED: 5,
  REJECTED: 5,
  SELF_HANDLED: 5,
};

/** Commands that carry the case forward, in the order of the process; the others wait behind "more". */
const FORWARD = [
  "file",
  "dispatch",
  "acknowledge",
  "accept",
  "feedback",
  "check",
  "close",
  "rework",
  "decide_deferral",
  "resume",
  "verify",
  "reopen",
];

export function sortActions(incident: Incident): { main: string[]; rest: string[] } {
  const commands = (incident.actions ?? []).map((a) => a.command);
  const main = FORWARD.filter((c) => commands.includes(c));
  return { main, rest: commands.filter((c) => !main.includes(c)) };
}

export function needsOf(incident: Incident, command: string): string[] {
  return incident.actions?.find((a) => a.command === command)?.needs ?? [];
}

const SENSOR = ["REAL", "COOKING", "DUST", "TEST", "INSECTS", "STEAM", "OTHER_FALSE_ALARM"];
const DISPUTE = ["AGREEMENT", "WITHDRAWN", "NO_AGREEMENT", "REFERRED_TO_COURT"];
const WORK = ["DONE", "NOT_FOUND", "NOT_NEEDED", "REAL"];

/** The resolutions that fit where the incident came from. */
export function resolutionsFor(origin: string): string[] {
  return origin === "SENSOR" ? SENSOR : origin === "DISPUTE" ? DISPUTE : WORK;
}

/** What must be filled in; a note may be left empty. */
export function isRequired(field: string): boolean {
  return field !== "note";
}

export type Fields = Record<string, string>;

/** The body of a command as the server reads it, from what the form holds. */
export function commandBody(command: string, fields: Fields, version: number | null, key: string): Record<string, unknown> {
  const body: Record<string, unknown> = { command, key };
  if (version !== null) body.version = version;
  for (const [name, value] of Object.entries(fields)) {
    if (value === "") continue;
    if (name === "approved" || name === "passed") body[name] = value === "yes";
    else if (name === "until" || name === "dueAt") body[name] = new Date(value).toISOString();
    else body[name] = value;
  }
  return body;
}
