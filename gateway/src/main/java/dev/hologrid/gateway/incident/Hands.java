package dev.hologrid.gateway.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has the incident.
 *
 * @param assignee the person it is with, or null
 * @param department the department it is with, or null
 * @param handlers everybody who ever accepted it or gave feedback: they never verify it
 * @param acknowledged the assignee has seen it
 * @param deferralBy who asked for the deferral that is pending, or null
 * @param deferralUntil until when
 */
public record Hands(
    @Nullable String assignee,
    @Nullable String department,
    List<String> handlers,
    boolean acknowledged,
    @Nullable String deferralBy,
    @Nullable Instant deferralUntil) {
  static final Hands NONE = new Hands(null, null, List.of(), false, null, null);

  public Hands {
    handlers = List.copyOf(handlers);
  }

  Hands given(@Nullable String to, @Nullable String toDepartment) {
    return new Hands(to, toDepartment, handlers, false, null, null);
  }

  Hands seen() {
    return new Hands(assignee, department, handlers, true, deferralBy, deferralUntil);
  }

  Hands takenBy(String person) {
    return new Hands(person, department, with(person), true, null, null);
  }

  Hands handledBy(String person) {
    return new Hands(assignee, department, with(person), acknowledged, null, null);
  }

  Hands asks(@Nullable String who, @Nullable Instant until) {
    return new Hands(assignee, department, handlers, acknowledged, who, until);
  }

  private List<String> with(String person) {
    if (handlers.contains(person)) {
      return handlers;
    }
    List<String> more = new ArrayList<>(handlers);
    more.add(person);
    return more;
  }
}
