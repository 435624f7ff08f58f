package dev.hologrid.gateway.incident;

/**
 * What an incident turned out to be, known at its end.
 *
 * @param deaths people killed
 * @param injured people seriously injured
 * @param lossYuan direct loss
 */
public record Outcome(Resolution resolution, int deaths, int injured, long lossYuan) {
  /** The outcome grade of a fire or accident (特别重大 to 一般), empty without harm or loss. */
  public String grade() {
    if (deaths >= 30 || injured >= 100 || lossYuan >= 100_000_000L) {
      return "I";
    }
    if (deaths >= 10 || injured >= 50 || lossYuan >= 50_000_000L) {
      return "II";
    }
    if (deaths >= 3 || injured >= 10 || lossYuan >= 10_000_000L) {
      return "III";
    }
    return deaths > 0 || injured > 0 || lossYuan > 0 ? "IV" : "";
  }
}
