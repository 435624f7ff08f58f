package dev.hologrid.gateway.component;

/**
 * How a component is, as its own sentence. Shown by {@code /health}, by the console and by tests
 * that wait for ready. Immutable.
 */
public sealed interface Check {
  /** Work given to the component now would succeed. */
  record Ok() implements Check {}

  /** Work still succeeds, but something is wrong that an operator should know. */
  record Degraded(String why) implements Check {}

  /** Work given to the component now would fail. */
  record Failed(String why) implements Check {}

  static Check ok() {
    return new Ok();
  }

  static Check degraded(String why) {
    return new Degraded(why);
  }

  static Check failed(String why) {
    return new Failed(why);
  }

  /** The words {@code ok}, {@code degraded} or {@code failed}, as in the health document. */
  default String word() {
    return switch (this) {
      case Ok ignored -> "ok";
      case Degraded ignored -> "degraded";
      case Failed ignored -> "failed";
    };
  }

  /** Why, or an empty string when all is well. */
  default String why() {
    return switch (this) {
      case Ok ignored -> "";
      case Degraded d -> d.why();
      case Failed f -> f.why();
    };
  }
}
