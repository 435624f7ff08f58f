package dev.hologrid.gateway.incident;

/** Why a case is under supervision (督办). */
public enum Supervision {
  /** Little is left of a limit, or it is over. */
  TIMEOUT,
  /** Somebody in charge asked for it. */
  LEADER,
  /** It matters to many. */
  IMPORTANT
}
