package dev.hologrid.gateway.audit;

import java.util.Map;

/** Where security decisions are noted. Safe for use by many threads; returns at once. */
@FunctionalInterface
public interface SecurityAudit {
  /** Notes a decision that has been made. */
  void note(Decision decision);

  /** How many decisions of each kind were noted since the start. */
  default Map<String, Long> counts() {
    return Map.of();
  }

  /** Keeps nothing; for what runs outside of a server. */
  SecurityAudit NONE = decision -> {};
}
