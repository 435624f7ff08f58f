package dev.hologrid.gateway.incident;

/** What the desk did with a command. */
public sealed interface Result {
  /** It is on disk. */
  record Done(Incident incident) implements Result {}

  /** Nothing happened. */
  record Refused(Refusal kind, String sentence) implements Result {}

  static Result of(Decision.Refused refused) {
    return new Refused(refused.kind(), refused.sentence());
  }
}
