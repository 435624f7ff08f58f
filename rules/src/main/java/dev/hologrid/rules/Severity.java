package dev.hologrid.rules;

/** How bad, worst first. The colours are those of China's emergency levels I to IV. */
public enum Severity {
  /** Red, priority P1. */
  CRITICAL,
  /** Orange, priority P2. */
  MAJOR,
  /** Yellow, priority P3. */
  MINOR,
  /** Blue, priority P4. */
  INFO;

  public boolean worseThan(Severity other) {
    return compareTo(other) < 0;
  }
}
