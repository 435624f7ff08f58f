import type { Priority, Severity } from "../api/types.ts";

export const SEVERITIES: Severity[] = ["critical", "major", "minor", "info"];

/** The same four steps as colours; each also has a shape and a letter, so that colour is never the only sign. */
export const COLOURS: Record<Severity, string> = {
  critical: "#ff5a5a",
  major: "#ff9f2e",
  minor: "#ffcc00",
  info: "#6aa8ff",
};

export const SEVERITY_OF: Record<Priority, Severity> = { P1: "critical", P2: "major", P3: "minor", P4: "info" };
