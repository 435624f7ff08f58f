package dev.hologrid.rules.alert;

/**
 * What makes an alert one and the same however often it is delivered.
 *
 * @param rule the rule's name
 * @param subject the device id, or the place code of a rule over a place
 * @param activation the journal offset of the reading that started it; for a rule that fires on
 *     silence, the offset of the last reading heard, or -1 where none ever was
 */
public record AlertId(String rule, String subject, long activation) {
  /** The form used in URLs and as a key: {@code rule/subject/activation}. */
  public String key() {
    return rule + "/" + subject + "/" + activation;
  }

  /** Reads the form of {@link #key()}; rule names hold no slash. */
  public static AlertId parse(String key) {
    int first = key.indexOf('/');
    int last = key.lastIndexOf('/');
    if (first < 1 || last <= first) {
      throw new IllegalArgumentException("an alert id is rule/subject/activation, but was " + key);
    }
    return new AlertId(
        key.substring(0, first),
        key.substring(first + 1, last),
        Long.parseLong(key.substring(last + 1)));
  }
}
