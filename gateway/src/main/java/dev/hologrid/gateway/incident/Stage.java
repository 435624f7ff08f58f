package dev.hologrid.gateway.incident;

/** What a time limit is for. */
public enum Stage {
  /** From the report to the dispatch. */
  DISPATCH,
  /** From the dispatch to the acceptance. */
  ACCEPT,
  /** From the acceptance to the feedback. */
  HANDLE,
  /** From the feedback to the end of the check. */
  CHECK,
  /** The whole case. */
  CASE
}
