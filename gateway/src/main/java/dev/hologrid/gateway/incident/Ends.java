package dev.hologrid.gateway.incident;

import org.jspecify.annotations.Nullable;

/**
 * How it ended, and what it hangs on.
 *
 * @param outcome the latest one, or null
 * @param parent the incident that this one repeats, or null
 */
public record Ends(@Nullable Outcome outcome, boolean forced, @Nullable String parent) {
  static final Ends OPEN = new Ends(null, false, null);
}
