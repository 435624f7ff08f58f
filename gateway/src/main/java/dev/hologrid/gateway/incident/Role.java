package dev.hologrid.gateway.incident;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
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

  /**
   * The role of a word, in any case.
   *
   * @throws IllegalArgumentException for a word that is no role, with those that are
   */
  public static Role parse(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equalsIgnoreCase(word.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    word.strip()
                        + " is no role; one of "
                        + Arrays.stream(values()).map(Role::word).collect(joining(", "))));
  }
}
