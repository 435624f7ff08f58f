package dev.hologrid.gateway.incident;

/** How an incident was found. */
public enum Origin {
  SENSOR,
  PATROL,
  RESIDENT,
  COMMAND,
  DISPUTE;

  /** A report that somebody must look at before it counts as a filed case (核实). */
  boolean needsVerification() {
    return this == SENSOR || this == RESIDENT;
  }
}
