package dev.hologrid.gateway.patrol;

/** Why something about a patrol was not done; part of the API. */
public enum PatrolRefusal {
  UNKNOWN_PLACE,
  UNKNOWN_PLAN,
  UNKNOWN_PATROL,
  UNKNOWN_ROUND,
  UNKNOWN_OFFICER,
  UNKNOWN_ATTACHMENT,
  /** The grid has no polygon, so a check-in could never count there. */
  NO_BORDER,
  OUT_OF_SCOPE,
  NOT_YOUR_PLAN,
  NOT_YOUR_PATROL,
  REASON_REQUIRED,
  ROUND_OVER,
  ALREADY_ON_PATROL,
  PATROL_ENDED
}
