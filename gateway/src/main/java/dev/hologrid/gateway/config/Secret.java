package dev.hologrid.gateway.config;

/** Text that does not print: {@code toString} gives stars, so it cannot reach a log by accident. */
public record Secret(String reveal) {
  public boolean isEmpty() {
    return reveal.isEmpty();
  }

  @Override
  public String toString() {
    return "***";
  }
}
