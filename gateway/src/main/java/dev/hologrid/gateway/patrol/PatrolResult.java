package dev.hologrid.gateway.patrol;

/** What came of a request: the thing as it is now, or why not. */
public sealed interface PatrolResult<T> {
  /** It is done. */
  record Done<T>(T value) implements PatrolResult<T> {}

  /** It is not, and nothing was changed. */
  record Refused<T>(PatrolRefusal kind, String sentence) implements PatrolResult<T> {}
}
