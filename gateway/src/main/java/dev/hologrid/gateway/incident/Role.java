package dev.hologrid.gateway.incident;

import java.util.Locale;

/** What a person may do; see {@link Move} for which role makes which move. */
public enum Role {
  RESIDENT,
  OFFICER,
  HANDLER,
  DISPATCHER,
  SUPERVISOR,
  ADMIN;

  /** The word used in JSON and in people.csv. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Role parse(String word) {
    return valueOf(word.trim().toUpperCase(Locale.ROOT));
  }
}
