package dev.hologrid.gateway.alerting.hygiene;

/** What to do about a rule, device or place whose alerts are more burden than help. */
public enum Advice {
  /** Nothing stands out. */
  NONE("nothing stands out"),
  /** Its alerts come and go: a duration ({@code for}) or a wider {@code clear} ends that. */
  DAMP("comes and goes; give the rule a longer `for` or a clear condition further away"),
  /** Most of what was looked at was no danger: a higher threshold, or a second device's word. */
  SHARPEN("mostly false alarms; raise the threshold or ask for a second device"),
  /** Fires for more than a day: nobody acts on it; mend the cause or silence it with an end. */
  SETTLE("fires for more than a day; mend the cause or silence it until a date"),
  /** Among the ten that make most of the load. */
  LOOK("among the ten that make most of the load; look at it first");

  private final String text;

  Advice(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
