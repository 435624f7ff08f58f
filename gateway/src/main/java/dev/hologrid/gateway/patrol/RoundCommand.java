package dev.hologrid.gateway.patrol;

/** What may be asked of a round. */
public sealed interface RoundCommand {
  /** A patrol for it begins. */
  record Walk(String patrol, String officer) implements RoundCommand {}

  /** A check-in that counts was at a target. */
  record Visit(int target, String patrol) implements RoundCommand {}

  /** Time has passed. */
  record Look() implements RoundCommand {}

  /** Another officer walks it. */
  record Assign(String officer) implements RoundCommand {}

  /** It need not be walked: a storm, a closed road. */
  record Excuse(String reason) implements RoundCommand {}
}
