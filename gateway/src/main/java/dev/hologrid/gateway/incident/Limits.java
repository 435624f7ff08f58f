package dev.hologrid.gateway.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest limits of what the indicators ask for.
 *
 * @param handleBy the feedback was or is due
 * @param closeBy the whole case was or is due
 */
public record Limits(@Nullable Instant handleBy, @Nullable Instant closeBy) {
  static final Limits NONE = new Limits(null, null);

  Limits with(Stage stage, @Nullable Instant at) {
    return switch (stage) {
      case HANDLE -> new Limits(at, closeBy);
      case CASE -> new Limits(handleBy, at);
      default -> this;
    };
  }
}
