package dev.hologrid.rules.alert;

/**
 * A part of a rule's condition, with the value it had when the alert fired.
 *
 * @param depth how deep in the condition, 0 for the whole of it
 * @param text the part in the rule language
 * @param value {@link Double}, {@link Boolean} or {@link String}; the text {@code not said} where
 *     the reading does not carry what the part looks at
 */
public record Term(int depth, String text, Object value) {
  /** The value of a part that looks at a metric which the reading does not carry. */
  public static final String NOT_SAID = "not said";
}
